using Latchkey.Storage.Tests.Telemetry;

namespace Latchkey.Storage.Tests.Postgres;

public sealed class PostgresTelemetryTests() : StorageTelemetryContract(Engine.Postgres);
