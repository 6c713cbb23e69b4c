using Latchkey.Storage.Tests.Consents;

namespace Latchkey.Storage.Tests.Sqlite;

public sealed class SqliteConsentStoreTests() : ConsentStoreContract(Engine.Sqlite);
