using Latchkey.Storage.Tests.Profiles;

namespace Latchkey.Storage.Tests.Postgres;

public sealed class PostgresProfileStoreTests() : ProfileStoreContract(Engine.Postgres);
