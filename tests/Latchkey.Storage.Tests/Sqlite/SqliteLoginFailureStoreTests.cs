using Latchkey.Storage.Tests.Accounts;

namespace Latchkey.Storage.Tests.Sqlite;

public sealed class SqliteLoginFailureStoreTests() : LoginFailureStoreContract(Engine.Sqlite);
