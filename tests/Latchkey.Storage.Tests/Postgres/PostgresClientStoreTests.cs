using Latchkey.Storage.Tests.Clients;

namespace Latchkey.Storage.Tests.Postgres;

public sealed class PostgresClientStoreTests() : ClientStoreContract(Engine.Postgres);
