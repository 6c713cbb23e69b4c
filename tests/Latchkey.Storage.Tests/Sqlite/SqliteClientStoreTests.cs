using Latchkey.Storage.Tests.Clients;

namespace Latchkey.Storage.Tests.Sqlite;

public sealed class SqliteClientStoreTests() : ClientStoreContract(Engine.Sqlite);
