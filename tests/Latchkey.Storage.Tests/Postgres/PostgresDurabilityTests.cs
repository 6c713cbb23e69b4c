using Latchkey.Storage.Postgres;
using Npgsql;

namespace Latchkey.Storage.Tests.Postgres;

public sealed class PostgresDurabilityTests
{
    [Theory, Spec("F-11")]
    [InlineData(true, "on", "", 0, null)]
    [InlineData(true, "on", "ANY 1 (b, c)", 2, null)]
    [InlineData(true, "remote_apply", "b", 1, null)]
    [InlineData(true, "local", "", 0, null)]
    [InlineData(false, "on", "", 0, "fsync off")]
    [InlineData(true, "off", "", 0, "synchronous_commit off")]
    [InlineData(true, "off", "b", 1, "synchronous_commit off")]
    [InlineData(true, "local", "b", 1, "synchronous_commit local")]
    [InlineData(true, "on", "", 1, "standby that commits do not wait for")]
    [InlineData(true, "local", "", 1, "standby that commits do not wait for")]
    public void It_is_said_what_could_lose_an_acknowledged_revocation(bool fsync, string commit, string synchronous, long standbys, string? warning)
    {
        var warnings = new PostgresDurability(fsync, commit, synchronous, standbys).Warnings().ToList();

        Assert.Equal(warning is null ? 0 : 1, warnings.Count);
        Assert.All(warnings, w => Assert.Contains(warning!, w, StringComparison.Ordinal));
    }

    [Fact, Spec("F-11")]
    public async Task It_reads_what_holds_for_the_servers_own_connections()
    {
        using var cluster = PostgresCluster.Start();
        await using var storage = await TestStorage.CreateAsync(cluster);
        Assert.Empty(await storage.Database.DurabilityWarningsAsync());

        await using var careless = storage.Another(o => o.Database = new NpgsqlConnectionStringBuilder(o.Database) { Options = "-c synchronous_commit=off" }.ConnectionString);
        Assert.Contains("synchronous_commit off", Assert.Single(await careless.Database.DurabilityWarningsAsync()), StringComparison.Ordinal);

        using var follower = await cluster.FollowAsync();
        Assert.Contains("standby that commits", Assert.Single(await storage.Database.DurabilityWarningsAsync()), StringComparison.Ordinal);
    }
}
