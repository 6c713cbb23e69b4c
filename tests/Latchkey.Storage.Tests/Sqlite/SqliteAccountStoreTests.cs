using Latchkey.Storage.Tests.Accounts;

namespace Latchkey.Storage.Tests.Sqlite;

public sealed class SqliteAccountStoreTests() : AccountStoreContract(Engine.Sqlite);
