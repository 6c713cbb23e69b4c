using Latchkey.Core.Grants;
using Latchkey.Storage.Postgres;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Latchkey.Storage.Tests.Postgres;

/// <summary>Writers who wait for another node, and who else has to wait for them.</summary>
public sealed class PostgresWritersTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Management_writes_that_wait_leave_connections_to_whoever_reads()
    {
        await using var storage = await TestStorage.CreateAsync(Engine.Postgres, o => o.BusyTimeout = TimeSpan.FromMinutes(1));
        var grant = await storage.PendingAsync();
        await using var node = await OtherNode.HoldAsync(storage);

        // Twice as many as the pool has connections.
        var writes = Enumerable.Range(0, 40).Select(n => storage.AddClientAsync($"App {n}")).ToList();

        Assert.Equal(grant, await storage.ReadAsync(grant.Id));
        Assert.DoesNotContain(writes, w => w.IsCompleted);
        await node.EndAsync();
        await Task.WhenAll(writes);
    }

    [Fact]
    public async Task Redeeming_rotating_and_revoking_do_not_wait_with_new_grants_for_another_nodes_management_write()
    {
        await using var storage = await TestStorage.CreateAsync(Engine.Postgres, o => o.BusyTimeout = TimeSpan.FromMinutes(1));
        var grant = await storage.PendingAsync();
        await using var node = await OtherNode.HoldAsync(storage);
        var now = storage.Clock.GetUtcNow();

        var inserted = storage.TryInsertAsync(grant.UserId, grant.ClientId);
        Assert.True(await storage.Grants.ApplyAsync(new GrantWrite.Redeem(grant.Id, now, now.AddDays(1))));
        await UntilSomebodyWaitsAsync(storage);
        Assert.True(await storage.Grants.ApplyAsync(new GrantWrite.Rotate(grant.Id, 1, now)));
        Assert.True(await storage.Grants.ApplyAsync(new GrantWrite.Revoke(grant.Id, RevocationReason.ClientRequest, now)));

        Assert.False(inserted.IsCompleted);
        await node.EndAsync();
        Assert.True(await inserted);
    }

    [Fact]
    public async Task New_grants_do_not_wait_for_ever_and_none_is_left_of_those_refused()
    {
        await using var storage = await TestStorage.CreateAsync(Engine.Postgres);
        var grant = await storage.PendingAsync();
        await using var hasty = storage.Another(o => o.BusyTimeout = TimeSpan.FromMilliseconds(1));
        await using (await OtherNode.HoldAsync(storage))
        {
            var refused = await Assert.ThrowsAsync<StorageUnavailableException>(() => hasty.TryInsertAsync(grant.UserId, grant.ClientId));
            Assert.Equal(PostgresErrorCodes.LockNotAvailable, Assert.IsType<PostgresException>(refused.InnerException).SqlState);
        }

        Assert.Equal(1, storage.Number("SELECT count(*) FROM grants"));
        Assert.True(await storage.TryInsertAsync(grant.UserId, grant.ClientId));
    }

    [Fact]
    public async Task A_node_lost_in_a_management_write_loses_its_lock_and_is_told_if_it_comes_back()
    {
        await using var storage = await TestStorage.CreateAsync(Engine.Postgres);

        await Assert.ThrowsAsync<StorageUnavailableException>(() => storage.Writes.RunAsync(async (db, ct) =>
        {
            var silence = await db.Database.SqlQueryRaw<string>("SELECT current_setting('idle_in_transaction_session_timeout') AS \"Value\"").SingleAsync(ct);
            Assert.Equal("10s", silence);
            var holder = await db.Database.SqlQueryRaw<int>("SELECT pg_backend_pid() AS \"Value\"").SingleAsync(ct);
            await db.Database.ExecuteSqlRawAsync("SET LOCAL idle_in_transaction_session_timeout = 1", ct);
            while (storage.Number($"SELECT count(*) FROM pg_stat_activity WHERE pid = {holder}") > 0)
            {
                await Task.Yield();
            }

            await db.Clients.CountAsync(ct);
        }));

        // Over TCP the database's last words arrive; a socket of this machine only breaks.
        Assert.True(PostgresFailures.IsUnavailable(new PostgresException("terminating connection", "FATAL", "FATAL", "25P03")));
        Assert.NotNull(await storage.AddClientAsync());
        Assert.Equal("0\n", storage.Text("SHOW idle_in_transaction_session_timeout"));
    }

    private static async Task UntilSomebodyWaitsAsync(TestStorage storage)
    {
        while (!storage.SomebodyWaits)
        {
            await Task.Yield();
        }
    }

    /// <summary>A node in the middle of a management write.</summary>
    private sealed class OtherNode(NpgsqlConnection connection, NpgsqlTransaction transaction) : IAsyncDisposable
    {
        public static async Task<OtherNode> HoldAsync(TestStorage storage)
        {
            var connection = storage.Get<PostgresConnections>().Apart();
            await connection.OpenAsync(Ct);
            var transaction = await connection.BeginTransactionAsync(Ct);
            await using var take = new NpgsqlCommand("SELECT pg_advisory_xact_lock($1)", connection);
            take.Parameters.Add(new NpgsqlParameter<long> { TypedValue = PostgresLocks.Management });
            await take.ExecuteNonQueryAsync(Ct);
            return new OtherNode(connection, transaction);
        }

        public Task EndAsync() => transaction.CommitAsync(Ct);

        public async ValueTask DisposeAsync()
        {
            await transaction.DisposeAsync();
            await connection.DisposeAsync();
        }
    }
}
