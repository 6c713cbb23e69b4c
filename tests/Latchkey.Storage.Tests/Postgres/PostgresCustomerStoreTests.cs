using Latchkey.Storage.Tests.Customers;

namespace Latchkey.Storage.Tests.Postgres;

public sealed class PostgresCustomerStoreTests() : CustomerStoreContract(Engine.Postgres);
