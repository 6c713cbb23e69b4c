namespace Latchkey.Tests;

/// <summary>Streaming replication, as an operator sets it up.</summary>
internal sealed partial class PostgresCluster
{
    /// <summary>A standby that follows this one; commits here wait for it from now on.</summary>
    public PostgresCluster StartSynchronousStandby()
    {
        // The copy is made before the setting: a standby that is promoted alone must not wait for another.
        var standby = new PostgresCluster(
            [], (bin, data) => [$"{bin}/pg_basebackup", "-h", _directory, "-U", "latchkey", "-D", data, "-R", "-c", "fast", "-X", "stream", "--no-sync"]);
        Administer("ALTER SYSTEM SET synchronous_standby_names = '*'");
        Administer("SELECT pg_reload_conf()");
        while (Sql("postgres", "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'") == "0\n")
        {
        }

        return standby;
    }

    /// <summary>Makes a standby the primary.</summary>
    public void Promote() => Sql("postgres", "SELECT pg_promote()");
}
