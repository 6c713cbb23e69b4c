using Microsoft.Data.Sqlite;

namespace Latchkey.Bench.Servers;

/// <summary>
/// Copies rows of a database that no server has open, each with a few columns changed. Whatever else a row holds is as the
/// server wrote it, in columns that this file does not know.
/// </summary>
internal sealed class Copies : IDisposable
{
    private readonly SqliteConnection _connection;

    public Copies(string file)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString);
        _connection.Open();
        // Nothing here has to survive a crash, and the indexes are written all over the place: in memory first, then once.
        Run("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-2000000;");
    }

    public void Transact(Action work)
    {
        Run("BEGIN");
        work();
        Run("COMMIT");
    }

    /// <summary>As the server left it.</summary>
    public void Dispose()
    {
        Run("PRAGMA journal_mode=WAL");
        _connection.Dispose();
    }

    public void Run(string sql)
    {
        using var command = Command(sql);
        command.ExecuteNonQuery();
    }

    /// <summary>A command that copies the one row that <paramref name="where"/> finds.</summary>
    /// <param name="table">Where it lies.</param>
    /// <param name="changed">By column, the expression that takes its place; its parameters are the command's.</param>
    /// <param name="where">Finds the row.</param>
    /// <param name="parameters">In the order in which they are set.</param>
    public SqliteCommand Of(string table, IReadOnlyDictionary<string, string> changed, string where, params IEnumerable<string> parameters)
    {
        var columns = Columns(table);
        if (changed.Keys.Except(columns).FirstOrDefault() is { } missing)
        {
            throw new BenchException($"{table} has no column {missing} any more.");
        }

        var command = Command(
            $"INSERT INTO {table} ({string.Join(", ", columns)}) SELECT {string.Join(", ", columns.Select(c => changed.GetValueOrDefault(c, c)))} FROM {table} WHERE {where}");
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter, SqliteType.Blob);
        }

        return command;
    }

    private List<string> Columns(string table)
    {
        using var command = Command($"SELECT name FROM pragma_table_info('{table}')");
        using var reader = command.ExecuteReader();
        var columns = new List<string>();
        while (reader.Read())
        {
            columns.Add(reader.GetString(0));
        }

        return columns;
    }

    private SqliteCommand Command(string sql)
    {
        var command = _connection.CreateCommand();
#pragma warning disable CA2100 // Made of this project's constants and the database's own names.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }
}
