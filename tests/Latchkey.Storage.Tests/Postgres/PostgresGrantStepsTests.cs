using Latchkey.Storage.Tests.Grants;

namespace Latchkey.Storage.Tests.Postgres;

public sealed class PostgresGrantStepsTests() : GrantStepsContract(Engine.Postgres);
