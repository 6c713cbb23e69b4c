using Latchkey.Storage.Tests.Tokens;

namespace Latchkey.Storage.Tests.Sqlite;

public sealed class SqliteTokenKeyTests() : TokenKeyContract(Engine.Sqlite);
