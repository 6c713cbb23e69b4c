using Latchkey.Storage.Tests.Tokens;

namespace Latchkey.Storage.Tests.Postgres;

public sealed class PostgresTokenKeyTests() : TokenKeyContract(Engine.Postgres);
