using System.Diagnostics.Metrics;
using Latchkey.Core.Grants;
using Latchkey.Storage.Telemetry;
using Latchkey.Storage.Writes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Latchkey.Storage.Tests.Writes;

public sealed class WriteQueueTests
{
    private static readonly GrantWrite Write = new GrantWrite.Revoke(Guid.Empty, RevocationReason.ClientRequest, DateTimeOffset.UnixEpoch);

    [Fact]
    public async Task A_caller_is_answered_only_after_the_commit()
    {
        var database = new FakeDatabase { Hold = true };
        await using var queue = Open(database);

        var write = queue.ApplyAsync(Write, audit: null, CancellationToken.None);
        await database.Began;
        Assert.False(write.IsCompleted);
        database.Release();

        Assert.True(await write);
    }

    [Fact]
    public async Task Writes_that_wait_together_share_a_commit_up_to_the_cap()
    {
        var database = new FakeDatabase();
        await using var queue = Open(database, maxBatch: 4);
        var writes = new List<Task<bool>>();
        using (await queue.TakeTurnAsync(CancellationToken.None))
        {
            writes.AddRange(Enumerable.Range(0, 10).Select(_ => queue.ApplyAsync(Write, audit: null, CancellationToken.None)));
        }

        await Task.WhenAll(writes);

        Assert.Equal([4, 4, 2], database.Batches);
    }

    [Fact, Spec("RV-07")]
    public async Task A_failed_commit_is_told_to_every_caller_of_its_batch_and_to_no_other()
    {
        var database = new FakeDatabase { Broken = true };
        await using var queue = Open(database);
        var writes = new List<Task<bool>>();
        using (await queue.TakeTurnAsync(CancellationToken.None))
        {
            writes.AddRange(Enumerable.Range(0, 3).Select(_ => queue.ApplyAsync(Write, audit: null, CancellationToken.None)));
        }

        foreach (var write in writes)
        {
            await Assert.ThrowsAsync<StorageUnavailableException>(() => write);
        }

        database.Broken = false;
        Assert.True(await queue.ApplyAsync(Write, audit: null, CancellationToken.None));
    }

    [Fact]
    public async Task Turns_and_writes_come_in_the_order_they_asked()
    {
        var database = new FakeDatabase();
        await using var queue = Open(database);
        var first = await queue.TakeTurnAsync(CancellationToken.None);
        var before = queue.ApplyAsync(Write, audit: null, CancellationToken.None);
        var second = queue.TakeTurnAsync(CancellationToken.None);
        var after = queue.ApplyAsync(Write, audit: null, CancellationToken.None);

        Assert.False(before.IsCompleted);
        first.Dispose();
        using (await second)
        {
            Assert.True(await before);
            Assert.False(after.IsCompleted);
        }

        Assert.True(await after);
        Assert.Equal([1, 1], database.Batches);
    }

    [Fact]
    public async Task Who_gives_up_waiting_is_passed_over()
    {
        await using var queue = Open(new FakeDatabase());
        using var impatient = new CancellationTokenSource();
        Task<WriteTurn> given;
        using (await queue.TakeTurnAsync(CancellationToken.None))
        {
            given = queue.TakeTurnAsync(impatient.Token);
            await impatient.CancelAsync();
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        Assert.True(await queue.ApplyAsync(Write, audit: null, CancellationToken.None));
    }

    [Fact]
    public async Task A_few_turns_are_given_at_once_where_the_database_orders_writers_itself_and_the_next_when_one_ends()
    {
        await using var queue = Open(new FakeDatabase { IsOnlyWriter = false });
        var turns = await Task.WhenAll(Enumerable.Range(0, FewTurns.AtOnce).Select(_ => queue.TakeTurnAsync(CancellationToken.None)));
        var next = queue.TakeTurnAsync(CancellationToken.None);

        Assert.False(next.IsCompleted);
        Assert.Equal(1, queue.Waiting);
        turns[0].Dispose();
        turns[0].Dispose();

        using var given = await next;
        Assert.Equal(0, queue.Waiting);
        Assert.False(queue.TakeTurnAsync(CancellationToken.None).IsCompleted);
    }

    [Fact]
    public async Task A_turn_that_does_not_become_free_in_time_is_refused_and_taken_from_nobody()
    {
        await using var queue = Open(new FakeDatabase { IsOnlyWriter = false }, patience: TimeSpan.Zero);
        var turns = await Task.WhenAll(Enumerable.Range(0, FewTurns.AtOnce).Select(_ => queue.TakeTurnAsync(CancellationToken.None)));

        await Assert.ThrowsAsync<StorageUnavailableException>(() => queue.TakeTurnAsync(CancellationToken.None));

        turns[0].Dispose();
        using var free = await queue.TakeTurnAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Overload_is_refused_at_once()
    {
        var database = new FakeDatabase { Hold = true };
        await using var queue = Open(database, maxQueued: 2);
        var taken = queue.ApplyAsync(Write, audit: null, CancellationToken.None);
        await database.Began;
        var waiting = new[] { queue.ApplyAsync(Write, audit: null, CancellationToken.None), queue.ApplyAsync(Write, audit: null, CancellationToken.None) };

        await Assert.ThrowsAsync<StorageUnavailableException>(() => queue.ApplyAsync(Write, audit: null, CancellationToken.None));

        database.Release();
        Assert.True(await taken);
        Assert.All(await Task.WhenAll(waiting), Assert.True);
    }

    [Fact]
    public async Task Stopping_finishes_what_waits_and_takes_nothing_more()
    {
        var database = new FakeDatabase();
        var queue = Open(database);
        var write = queue.ApplyAsync(Write, audit: null, CancellationToken.None);

        await queue.DisposeAsync();

        Assert.True(await write);
        await Assert.ThrowsAsync<StorageUnavailableException>(() => queue.ApplyAsync(Write, audit: null, CancellationToken.None));
        Assert.True(database.Disposed);
    }

    [Fact]
    public async Task A_management_write_inside_another_is_an_error_and_not_a_deadlock()
    {
        await using var storage = await TestStorage.CreateAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => storage.Writes.RunAsync((_, _) => storage.AddClientAsync()));

        Assert.NotNull(await storage.AddClientAsync());
    }

    [Fact]
    public async Task A_management_write_that_throws_leaves_nothing()
    {
        await using var storage = await TestStorage.CreateAsync();
        var client = await storage.AddClientAsync();

        await Assert.ThrowsAsync<FormatException>(() => storage.Writes.RunAsync(async (db, ct) =>
        {
            db.Clients.Single().Label = "changed";
            await db.SaveChangesAsync(ct);
            throw new FormatException();
        }));

        Assert.Equal("App", (await storage.Clients.FindAsync(client.Id))!.Label);
    }

    private static WriteQueue Open(FakeDatabase database, int maxBatch = 256, int maxQueued = 100, TimeSpan? patience = null) =>
        new(database, new StorageTelemetry(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>()), Options.Create(new StorageOptions { MaxBatch = maxBatch, MaxQueued = maxQueued, BusyTimeout = patience ?? TimeSpan.FromMinutes(1) }));

    private sealed class FakeDatabase : IGrantBatch
    {
        public bool IsOnlyWriter { get; init; } = true;

        public bool Blocks => false;

        private readonly TaskCompletionSource _began = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool Hold { get; init; }

        public bool Broken { get; set; }

        public bool Disposed { get; private set; }

        public List<int> Batches { get; } = [];

        public Task Began => _began.Task;

        public void Release() => _released.SetResult();

        public async ValueTask ApplyAsync(IReadOnlyList<QueuedWrite> batch)
        {
            _began.TrySetResult();
            if (Hold)
            {
                await _released.Task;
            }

            foreach (var write in batch)
            {
                write.Applied = true;
            }

            if (Broken)
            {
                throw new IOException("The disk is gone.");
            }

            Batches.Add(batch.Count);
        }

        public void Dispose() => Disposed = true;
    }
}
