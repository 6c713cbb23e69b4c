using Latchkey.Storage.Tests.PersonalTokens;

namespace Latchkey.Storage.Tests.Sqlite;

public sealed class SqlitePersonalTokenStoreTests() : PersonalTokenStoreContract(Engine.Sqlite);
