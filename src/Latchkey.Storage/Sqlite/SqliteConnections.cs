using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Latchkey.Storage.Sqlite;

/// <summary>How connections to the one database file are opened.</summary>
internal sealed class SqliteConnections(IOptions<StorageOptions> options)
{
    private readonly StorageOptions _options = options.Value;

    public StorageOptions Options => _options;

    /// <summary>For Entity Framework, which opens and closes as it goes.</summary>
    public string PooledConnectionString => ConnectionString(SqliteOpenMode.ReadWrite, pooling: true);

    /// <summary>
    /// Set on every connection. FULL: a commit is on the disk when it returns, which is what lets an answer be given after it.
    /// </summary>
    public string Settings =>
        $"PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout={(int)_options.BusyTimeout.TotalMilliseconds};";

    public SqliteConnection OpenWriter()
    {
        // Checkpointing every 16 MB instead of 4: a page written often is copied into the database less often.
        var connection = Open(SqliteOpenMode.ReadWrite);
        Execute(connection, "PRAGMA cache_size=-16000; PRAGMA wal_autocheckpoint=4000; PRAGMA journal_size_limit=67108864;");
        return connection;
    }

    /// <param name="cache">What it keeps in memory, in units of 1,024 bytes.</param>
    public SqliteConnection OpenReader(int cache)
    {
        var connection = Open(SqliteOpenMode.ReadWrite);
        Execute(connection, $"PRAGMA cache_size=-{cache}; PRAGMA query_only=ON;");
        return connection;
    }

    public SqliteConnection Open(SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(ConnectionString(mode, pooling: false));
        try
        {
            connection.Open();
            Execute(connection, Settings);
            return connection;
        }
        catch (SqliteException exception) when (SqliteFailures.IsUnavailable(exception))
        {
            connection.Dispose();
            throw SqliteFailures.Unavailable(exception);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this project only.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    // The driver retries a busy statement on its own, in steps of 150 ms, until the command's timeout; one second is its
    // shortest, and SQLite's own finer waiting (busy_timeout) comes first.
    private string ConnectionString(SqliteOpenMode mode, bool pooling) => new SqliteConnectionStringBuilder
    {
        DataSource = Path.GetFullPath(_options.DatabaseFile),
        Mode = mode,
        Pooling = pooling,
        DefaultTimeout = 1,
    }.ToString();
}
