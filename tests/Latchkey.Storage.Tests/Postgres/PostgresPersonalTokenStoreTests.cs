using Latchkey.Storage.Tests.PersonalTokens;

namespace Latchkey.Storage.Tests.Postgres;

public sealed class PostgresPersonalTokenStoreTests() : PersonalTokenStoreContract(Engine.Postgres);
