using Latchkey.Storage.Tests.Audit;

namespace Latchkey.Storage.Tests.Postgres;

public sealed class PostgresUserEventStoreTests() : UserEventStoreContract(Engine.Postgres);
