using Latchkey.Storage.Tests.Accounts;

namespace Latchkey.Storage.Tests.Postgres;

public sealed class PostgresLoginFailureStoreTests() : LoginFailureStoreContract(Engine.Postgres);
