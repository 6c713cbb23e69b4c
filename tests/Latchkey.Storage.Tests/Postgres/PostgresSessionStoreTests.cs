using Latchkey.Storage.Tests.Sessions;

namespace Latchkey.Storage.Tests.Postgres;

public sealed class PostgresSessionStoreTests() : SessionStoreContract(Engine.Postgres);
