using Latchkey.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Latchkey.Storage.Moving;

/// <summary>
/// The SQLite database as it stood at one moment. Alone on the file when that can be had: then nobody else writes to it until the
/// move is over, and what was moved is all there is.
/// </summary>
internal sealed class SqliteSource : IDisposable
{
    private readonly SqliteConnection _connection;

    private SqliteSource(SqliteConnection connection, bool alone)
    {
        _connection = connection;
        Alone = alone;
    }

    /// <summary>False when a server, or somebody else, has the database open too.</summary>
    public bool Alone { get; }

    public SqliteConnection Connection => _connection;

    public static SqliteSource Open(SqliteConnections connections)
    {
        if (TryAlone(connections) is { } alone)
        {
            return new SqliteSource(alone, alone: true);
        }

        // A transaction that reads sees what was there at its first read, however long it takes and whatever others write.
        var connection = connections.Open(SqliteOpenMode.ReadWrite);
        SqliteConnections.Execute(connection, "BEGIN");
        SqliteConnections.Execute(connection, "SELECT 1 FROM sqlite_master");
        return new SqliteSource(connection, alone: false);
    }

    public long Count(MoveTable table) => Number(table.Count);

    /// <summary>The highest number it ever gave in this table, also to rows that are gone.</summary>
    public long LastNumber(MoveTable table) =>
        SqliteSchema.Exists(_connection, "sqlite_sequence") ? Number($"SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = '{table.Name}'") : 0;

    public IEnumerable<MoveRow> Rows(MoveTable table)
    {
        using var command = Command(table.Select);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var values = new object?[table.Columns.Count];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = reader.IsDBNull(i) ? null : table.Columns[i].FromSqlite(reader.GetValue(i));
            }

            yield return new MoveRow(table, values);
        }
    }

    public void Dispose() => _connection.Dispose();

    // Set before anything is read, the mode asks for the file itself, which a server holds on to as long as it runs.
    private static SqliteConnection? TryAlone(SqliteConnections connections)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path.GetFullPath(connections.Options.DatabaseFile),
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = 1,
        }.ToString());
        try
        {
            connection.Open();

            // One by one: of several statements in one command, a failure after the first row is passed over by the driver.
            SqliteConnections.Execute(connection, "PRAGMA locking_mode=EXCLUSIVE");
            SqliteConnections.Execute(connection, "BEGIN EXCLUSIVE");
            return connection;
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode is SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED)
        {
            connection.Dispose();
            return null;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private long Number(string sql)
    {
        using var command = Command(sql);
        return (long)command.ExecuteScalar()!;
    }

#pragma warning disable CA2100 // Made from the model of this project.
    private SqliteCommand Command(string sql) => new(sql, _connection) { CommandTimeout = 0 };
#pragma warning restore CA2100
}
