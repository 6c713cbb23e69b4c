using Latchkey.Storage.Tests.Customers;

namespace Latchkey.Storage.Tests.Sqlite;

public sealed class SqliteCustomerStoreTests() : CustomerStoreContract(Engine.Sqlite);
