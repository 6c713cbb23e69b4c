using Latchkey.Storage.Postgres;
using Npgsql;

namespace Latchkey.Storage.Moving;

/// <summary>
/// A table with one row that says that the database is being filled from SQLite, and from which. While it is there no server
/// starts on the database, unless everything has arrived; and whoever starts then takes it away, after which nothing is filled in
/// any more: that would undo what the new server has answered.
/// </summary>
internal static class MoveMark
{
    public const string Table = "move_from_sqlite";

    private const string Unfinished = "unfinished";
    private const string Ahead = "ahead";
    private const string Complete = "complete";

    /// <summary>To run in the transaction that makes the tables.</summary>
    public static string Create(string source) =>
        $"CREATE TABLE {Table} (source text NOT NULL, state text NOT NULL); INSERT INTO {Table} VALUES ('{source}', '{Unfinished}');";

    public static string Begin => $"UPDATE {Table} SET state = '{Unfinished}'";

    /// <param name="alone">Nobody else could write to the SQLite database meanwhile.</param>
    public static string End(bool alone) => $"UPDATE {Table} SET state = '{(alone ? Complete : Ahead)}'";

    /// <summary>Which SQLite database it is filled from; null when there is no mark.</summary>
    public static Task<string?> SourceAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        ReadAsync(connection, "source", cancellationToken);

    /// <exception cref="StartupException">Not everything has arrived.</exception>
    public static async Task RefuseUnfinishedAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        switch (await ReadAsync(connection, "state", cancellationToken))
        {
            case null or Complete:
                return;
            case Ahead:
                throw new StartupException(
                    "This database is a copy of a server that was still running. Stop that server and run latchkey migrate once more, "
                    + "so that nothing it has answered since is lost; then start this one.");
            default:
                throw new StartupException("latchkey migrate has not finished filling this database. Run it again; then start the server.");
        }
    }

    /// <summary>From now on the database goes its own way.</summary>
    public static async Task TakeOverAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (await PostgresSchema.ExistsAsync(connection, Table, cancellationToken))
        {
            await using var drop = new NpgsqlCommand($"DROP TABLE {Table}", connection);
            await drop.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static async Task<string?> ReadAsync(NpgsqlConnection connection, string column, CancellationToken cancellationToken)
    {
        if (!await PostgresSchema.ExistsAsync(connection, Table, cancellationToken))
        {
            return null;
        }

        await using var command = new NpgsqlCommand($"SELECT {column} FROM {Table}", connection);
        return (string?)await command.ExecuteScalarAsync(cancellationToken);
    }
}
