using Latchkey.Storage.Postgres;
using Microsoft.Extensions.Options;

namespace Latchkey.Storage.Tests.Postgres;

/// <summary>What a connection has besides what the operator wrote.</summary>
public sealed class PostgresConnectionsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", 40)]
    [InlineData(";Minimum Pool Size=60", 60)]
    [InlineData(";Maximum Pool Size=7", 7)]
    public async Task Two_nodes_fit_into_what_PostgreSQL_lets_in_unless_the_operator_says_otherwise(string setting, int most)
    {
        await using var connections = Of("Host=db.example.com" + setting);

        Assert.Equal(most, connections.Settings.MaxPoolSize);
    }

    [Theory]
    [InlineData("", 10, 5)]
    [InlineData(";Tcp Keepalive Time=60", 60, 5)]
    [InlineData(";Tcp Keepalive=false", 0, 0)]
    [InlineData(",/run/postgresql", 0, 0)]
    public async Task A_database_that_vanishes_is_asked_for_by_TCP(string setting, int time, int interval)
    {
        await using var connections = Of("Host=db.example.com" + setting);

        Assert.Equal((time, interval), (connections.Settings.TcpKeepAliveTime, connections.Settings.TcpKeepAliveInterval));
    }

    [Theory]
    [InlineData("", "tcp_keepalives_count,tcp_keepalives_idle,tcp_keepalives_interval")]
    [InlineData(";Options=-c tcp_keepalives_idle=60", "tcp_keepalives_count,tcp_keepalives_interval")]
    public async Task The_database_asks_for_a_node_that_vanishes_as_the_operator_says_or_else_soon(string setting, string set)
    {
        var cluster = PostgresCluster.Instance;
        await using var connections = Of(cluster.ConnectionString("postgres") + setting);
        await using var ask = connections.Source.CreateCommand(
            "SELECT string_agg(name, ',' ORDER BY name) FROM pg_settings WHERE name LIKE 'tcp_keepalives%' AND source = 'session'");

        Assert.Equal(set, await ask.ExecuteScalarAsync(Ct));
    }

    [Theory]
    [InlineData("", "notice")]
    [InlineData(";Options=-c client_min_messages=log", "log")]
    [InlineData(";Options=-c client_min_messages=error", "warning")]
    public async Task The_warning_that_no_standby_confirmed_is_sent_whatever_the_operator_says(string setting, string sent)
    {
        await using var connections = Of(PostgresCluster.Instance.ConnectionString("postgres") + setting);
        await using var ask = connections.Source.CreateCommand("SHOW client_min_messages");

        Assert.Equal(sent, await ask.ExecuteScalarAsync(Ct));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData(";Target Session Attributes=primary", true)]
    [InlineData(";Target Session Attributes=any", false)]
    [InlineData(";Target Session Attributes=prefer-standby", false)]
    public async Task One_host_has_to_take_writes_unless_the_operator_says_otherwise(string setting, bool refused)
    {
        await using var storage = await TestStorage.CreateAsync(Engine.Postgres);
        var grant = await storage.PendingAsync();
        await using var standby = storage.Another(o => o.Database += ";Options=-c default_transaction_read_only=on" + setting);

        if (refused)
        {
            Assert.Contains("read-only", (await Assert.ThrowsAsync<StorageUnavailableException>(() => standby.ReadAsync(grant.Id))).Message, StringComparison.Ordinal);
            Assert.Contains("Name the primary", (await Assert.ThrowsAsync<StartupException>(() => standby.Database.PrepareAsync(Ct))).Message, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(grant, await standby.ReadAsync(grant.Id));
            await standby.Database.PrepareAsync(Ct);
        }
    }

    private static PostgresConnections Of(string connection) => new(Options.Create(new StorageOptions { Database = connection }));
}
