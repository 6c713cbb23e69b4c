using Latchkey.Storage.Tests.Telemetry;

namespace Latchkey.Storage.Tests.Sqlite;

public sealed class SqliteTelemetryTests() : StorageTelemetryContract(Engine.Sqlite);
