using Latchkey.Storage.Tests.Consents;

namespace Latchkey.Storage.Tests.Postgres;

public sealed class PostgresConsentStoreTests() : ConsentStoreContract(Engine.Postgres);
