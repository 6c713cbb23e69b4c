using Latchkey.Core.Grants;
using Latchkey.Storage;
using Latchkey.Tests;

namespace Latchkey.Bench.Servers;

/// <summary>A PostgreSQL of its own on the servers' core, as Debian brings it but for more memory: each commit waits for the disk.</summary>
internal sealed class PostgresStore : LatchkeyStore
{
    private readonly PostgresCluster _cluster;
    private readonly string _database;

    /// <param name="sharedBuffers">In megabytes.</param>
    public PostgresStore(int sharedBuffers)
    {
        _cluster = PostgresCluster.Start($"shared_buffers={sharedBuffers}MB", "max_wal_size=4GB");
        Cores.MoveServer(_cluster.ProcessId);
        _database = _cluster.CreateDatabase();
    }

    public override IReadOnlyList<string> Options => ["--database", _cluster.ConnectionString(_database), "--key-file", _cluster.KeyFile];

    public override long Bytes => Number("SELECT pg_database_size(current_database())");

    public override DatabaseUse? Use => new(ProcessTimes.OfTree(_cluster.ProcessId), Number("SELECT wal_sync FROM pg_stat_wal"));

    public override void Dispose()
    {
        _cluster.Dispose();
        base.Dispose();
    }

    protected override void Configure(StorageOptions options)
    {
        options.Database = _cluster.ConnectionString(_database);
        options.KeyFile = _cluster.KeyFile;
    }

    protected override (long Bytes, List<Guid> Ids) Copy(Grant first, long grants)
    {
        var users = Math.Max(1, grants / GrantsPerUser);
        var of = $"WHERE id = '{first.UserId}'";
        Insert("users", of, users, new()
        {
            ["id"] = User("n"),
            ["uid"] = "uid + n",
            ["user_name"] = "user_name || n",
            ["normalized_user_name"] = "normalized_user_name || n",
            ["email"] = "n || email",
            ["normalized_email"] = "n || normalized_email",
        });
        Insert("consents", $"WHERE user_id = '{first.UserId}'", users, new() { ["id"] = null, ["user_id"] = User("n") });
        Sql($"UPDATE counters SET value = value + {users} WHERE name = 'uid'");
        var before = Bytes;

        // Ids begin with the time, as the server's own do; each user's grants lie apart. A fixed seed: each run fills alike.
        var age = $"((1 - n / {grants}.0) * interval '{Span.TotalSeconds} s')";
        Insert("grants", $"WHERE id = '{first.Id}'", grants, new()
        {
            ["id"] = $"encode(overlay(uuid_send(gen_random_uuid()) PLACING substring(int8send((extract(epoch FROM created_at - {age}) * 1000)::bigint) FROM 3) FROM 1), 'hex')::uuid",
            ["user_id"] = User($"(1 + floor(random() * {users}))::bigint"),
            ["session_id"] = "gen_random_uuid()",
            ["created_at"] = $"created_at - {age}",
            ["code_expires_at"] = $"code_expires_at - {age}",
            ["expires_at"] = $"expires_at - {age}",
        });
        var since = $"interval '{EndedSince.TotalSeconds} s'";
        Sql(
            $"UPDATE grants SET state = {(int)GrantState.Revoked}, revoked_why = {(int)RevocationReason.ClientRequest}, revoked_at = created_at - {since}, "
            + $"created_at = created_at - {since}, code_expires_at = code_expires_at - {since}, expires_at = expires_at - {since}, "
            + $"rotated_at = rotated_at - {since} WHERE get_byte(uuid_send(id), 15) % {EndedOneIn} = 0");
        foreach (var (name, minutes) in Notes)
        {
            Sql($"INSERT INTO counters (name, value) VALUES ('{name}', {minutes}) ON CONFLICT (name) DO UPDATE SET value = excluded.value");
        }

        Sql("VACUUM (ANALYZE) grants, users, consents");
        Sql("CHECKPOINT");
        var ids = Sql($"SELECT setseed(0.5); SELECT id FROM grants WHERE revoked_at IS NULL AND random() < {Tokens}.0 / {grants} ORDER BY random()");
        return (Bytes - before, [.. ids.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Guid.Parse)]);
    }

    // The same id for the same number, whoever asks.
    private static string User(string number) => $"md5('user' || {number})::uuid";

    /// <summary>Copies the one row so many times, numbered n, with these columns changed; null leaves a column to its default.</summary>
    private void Insert(string table, string where, long count, Dictionary<string, string?> changed)
    {
        var all = Sql($"SELECT column_name FROM information_schema.columns WHERE table_name = '{table}' ORDER BY ordinal_position")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (changed.Keys.Except(all).FirstOrDefault() is { } missing)
        {
            throw new BenchException($"{table} has no column {missing} any more.");
        }

        var columns = all.Where(c => !changed.TryGetValue(c, out var value) || value is not null).ToList();
        Sql(
            $"SELECT setseed(0.5); INSERT INTO {table} ({string.Join(", ", columns)}) SELECT {string.Join(", ", columns.Select(c => changed.GetValueOrDefault(c) ?? c))} "
            + $"FROM (SELECT * FROM {table} {where} LIMIT 1) AS first, generate_series(1, {count}) AS n");
    }

    private long Number(string sql) => long.Parse(Sql(sql));

    private string Sql(string sql) => _cluster.Sql(_database, sql);
}
