using Latchkey.Storage.Tests.Profiles;

namespace Latchkey.Storage.Tests.Sqlite;

public sealed class SqliteProfileStoreTests() : ProfileStoreContract(Engine.Sqlite);
