using Latchkey.Storage.Tests.Sessions;

namespace Latchkey.Storage.Tests.Sqlite;

public sealed class SqliteSessionStoreTests() : SessionStoreContract(Engine.Sqlite);
