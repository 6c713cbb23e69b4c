using Latchkey.Core.Grants;
using Latchkey.Storage.Postgres;
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

    [Theory]
    [InlineData("", 40)]
    [InlineData(";Minimum Pool Size=60", 60)]
    [InlineData(";Maximum Pool Size=7", 7)]
    public async Task Two_nodes_fit_into_what_PostgreSQL_lets_in_unless_the_operator_says_otherwise(string setting, int most)
    {
        await using var connections = new PostgresConnections(Microsoft.Extensions.Options.Options.Create(
            new StorageOptions { Database = "Host=db.example.com;Database=latchkey" + setting }));

        Assert.Equal(most, connections.Settings.MaxPoolSize);
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
