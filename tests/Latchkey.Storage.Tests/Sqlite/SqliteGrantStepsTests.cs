using Latchkey.Storage.Tests.Grants;

namespace Latchkey.Storage.Tests.Sqlite;

public sealed class SqliteGrantStepsTests() : GrantStepsContract(Engine.Sqlite);
