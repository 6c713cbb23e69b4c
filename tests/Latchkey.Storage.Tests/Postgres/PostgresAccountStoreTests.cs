using Latchkey.Storage.Tests.Accounts;

namespace Latchkey.Storage.Tests.Postgres;

public sealed class PostgresAccountStoreTests() : AccountStoreContract(Engine.Postgres);
