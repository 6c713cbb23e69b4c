using System.Collections.Concurrent;
using Npgsql;

namespace Latchkey.Tests;

/// <summary>
/// Databases that a test has to itself and the next one gets as if they were new: to make one and to drop it takes longer than most
/// tests, to put its rows back some milliseconds.
/// </summary>
internal sealed class DatabasePool(PostgresCluster cluster, bool spread)
{
    // Whatever tables there are, so that none is forgotten; partitions are emptied through their table, wherever they lie.
    private const string DeleteAllRows =
        """
        SET session_replication_role = replica;
        DO $$
        DECLARE name regclass;
        BEGIN
          FOR name IN SELECT oid FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition AND relnamespace = 'public'::regnamespace LOOP
            EXECUTE 'DELETE FROM ' || name;
          END LOOP;
        END $$;
        """;

    private const string EndOthers =
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid();";

    private readonly ConcurrentBag<string> _free = [];
    private readonly Lazy<(string Name, string Rows)> _prepared = new(() =>
    {
        var name = PreparedDatabase.On(cluster);
        return (name, Rows(cluster, name));
    });

    private int _compared;

    public string Take() =>
        _free.TryTake(out var free) ? free
        : spread ? SpreadGrants.Create(cluster, _prepared.Value.Name)
        : cluster.CreateDatabase(_prepared.Value.Name);

    public void PutBack(string name)
    {
        using (var connection = new NpgsqlConnection(cluster.ConnectionString(name) + ";Pooling=false"))
        {
            connection.Open();
            using var command = new NpgsqlCommand(EndOthers + DeleteAllRows + _prepared.Value.Rows, connection);
            command.ExecuteNonQuery();
        }

        // Once is enough: what would be left over is left over every time.
        if (Interlocked.Exchange(ref _compared, 1) == 0 && Rows(cluster, name) != _prepared.Value.Rows)
        {
            throw new InvalidOperationException("A database that was emptied is not as a new one.");
        }

        _free.Add(name);
    }

    // Rows and the places of sequences, as statements: neither a remark on each table nor, after a backslash, words for psql alone.
    private static string Rows(PostgresCluster cluster, string name) =>
        string.Join('\n', cluster.Dump(name, "--data-only").Split('\n').Where(l => l is not ("" or ['\\', ..] or ['-', '-', ..])));
}
