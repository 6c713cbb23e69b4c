using Latchkey.Faults.Tests.Postgres;

namespace Latchkey.Tests;

/// <summary>Streaming replication, as an operator sets it up.</summary>
internal sealed partial class PostgresCluster
{
    /// <summary>A standby of this one, whose commits wait for it from now on.</summary>
    public async Task<PostgresCluster> StartStandbyAsync()
    {
        var standby = new PostgresCluster([], CopyTo);
        await WaitForStandbyAsync();
        return standby;
    }

    /// <summary>Begins anew as the standby of another, as a primary does that crashed and was replaced.</summary>
    public async Task BecomeStandbyOfAsync(PostgresCluster primary)
    {
        Crash();
        var data = Path.Combine(_directory, "data");
        Directory.Delete(data, recursive: true);
        Run([.. Unprivileged, .. primary.CopyTo(_bin, data)]);
        Recover();
        await primary.WaitForStandbyAsync();
    }

    /// <summary>Makes commits here wait for a standby, and waits until one has caught up.</summary>
    public Task WaitForStandbyAsync()
    {
        // After the copy is made: a standby that is promoted alone must not wait for another.
        Sql("postgres", "ALTER SYSTEM SET synchronous_standby_names = '*'");
        Sql("postgres", "SELECT pg_reload_conf()");
        return TwoNodes.UntilAsync(() => Task.FromResult(
            Sql("postgres", "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'") != "0\n"));
    }

    /// <summary>Makes a standby the primary.</summary>
    public void Promote() => Sql("postgres", "SELECT pg_promote()");

    private string[] CopyTo(string bin, string data) =>
        [$"{bin}/pg_basebackup", "-h", _directory, "-U", "latchkey", "-D", data, "-R", "-c", "fast", "-X", "stream", "--no-sync"];
}
