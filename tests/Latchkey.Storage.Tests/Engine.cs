namespace Latchkey.Storage.Tests;

/// <summary>The databases that hold the same contract.</summary>
public enum Engine
{
    Sqlite,
    Postgres,

    /// <summary>PostgreSQL with its grants on three servers.</summary>
    SpreadPostgres,
}
