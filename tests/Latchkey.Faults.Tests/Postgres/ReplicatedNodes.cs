namespace Latchkey.Faults.Tests.Postgres;

/// <summary>Two nodes that are given two PostgreSQL servers, a primary and its synchronous standby.</summary>
public sealed class ReplicatedNodes : IAsyncLifetime
{
    private string _database = "";

    internal PostgresCluster Primary { get; private set; } = PostgresCluster.Start();

    internal PostgresCluster Standby { get; private set; } = null!;

    internal TwoNodes Nodes { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Standby = await Primary.StartStandbyAsync();
        _database = Primary.CreateDatabase();

        // As docs/guides/scale-out.md says.
        var connection = $"Host={Primary.Host},{Standby.Host};Username=latchkey;Database={_database};Target Session Attributes=read-write";
        await TwoNodes.MakeTablesAsync(connection, Primary.KeyFile);
        Nodes = await TwoNodes.StartAsync(Primary.KeyFile, [connection + ";Command Timeout=3", connection + ";Command Timeout=3"]);
    }

    public async ValueTask DisposeAsync()
    {
        if (Nodes is not null)
        {
            await Nodes.DisposeAsync();
        }

        Primary.Dispose();
        Standby?.Dispose();
    }

    /// <summary>The primary dies and the standby takes its place.</summary>
    internal void FailOver()
    {
        Primary.Crash();
        Standby.Promote();
        (Primary, Standby) = (Standby, Primary);
    }

    /// <summary>What connects to the standby whatever happens.</summary>
    internal string StandbyAlone => $"Host={Standby.Host};Username=latchkey;Database={_database}";

    internal string Sql(string sql) => Primary.Sql(_database, sql).TrimEnd('\n');
}
