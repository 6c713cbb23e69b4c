using Latchkey.Storage.Postgres;
using Npgsql;

namespace Latchkey.Storage.Tests.Postgres;

/// <summary>Reads that share a round trip have nothing else in common.</summary>
public sealed class PostgresReadersTests
{
    private const string Double = "SELECT 2 * n FROM generate_series(1, 1000) n WHERE n = $1";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_thousand_reads_at_once_each_get_their_own_answer_on_a_few_connections()
    {
        await using var storage = await TestStorage.CreateAsync(Engine.Postgres);
        var readers = storage.Get<PostgresReaders>();

        var answers = await Task.WhenAll(Enumerable.Range(1, 1100).Select(n => DoubleAsync(readers, n)));

        Assert.Equal(Doubles(1000), answers[..1000]);
        Assert.All(answers[1000..], a => Assert.Null(a));

        // The pool hands out those in turn that it has from before; a trip for each read would have made a hundred.
        var connections = storage.Text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'SELECT 2 * n %'");
        Assert.InRange(int.Parse(connections), 1, 12);
    }

    [Fact]
    public async Task What_the_database_refuses_one_of_it_does_not_refuse_the_others()
    {
        await using var storage = await TestStorage.CreateAsync(Engine.Postgres);
        var readers = storage.Get<PostgresReaders>();
        await using var trip = await SlowTrip.BeginAsync(storage);
        var bad = readers.ReadAsync("SELECT 1 / $1", p => p.AddNumber(0), row => row.GetInt32(0), Ct).AsTask();
        var good = Some(readers);

        await trip.EndAsync();

        Assert.Equal(Doubles(20), await Task.WhenAll(good));
        Assert.Equal(PostgresErrorCodes.DivisionByZero, (await Assert.ThrowsAsync<PostgresException>(() => bad)).SqlState);
    }

    [Fact]
    public async Task A_row_that_one_caller_cannot_read_is_read_by_the_others()
    {
        await using var storage = await TestStorage.CreateAsync(Engine.Postgres);
        var readers = storage.Get<PostgresReaders>();
        await using var trip = await SlowTrip.BeginAsync(storage);
        var bad = readers.ReadAsync(Double, p => p.AddNumber(1), string (_) => throw new FormatException(), Ct).AsTask();
        var good = Some(readers);

        await trip.EndAsync();

        Assert.Equal(Doubles(20), await Task.WhenAll(good));
        await Assert.ThrowsAsync<FormatException>(() => bad);
    }

    [Fact]
    public async Task Whoever_leaves_takes_nobody_along()
    {
        await using var storage = await TestStorage.CreateAsync(Engine.Postgres);
        var readers = storage.Get<PostgresReaders>();
        await using var trip = await SlowTrip.BeginAsync(storage);
        using var leaving = new CancellationTokenSource();
        var gone = readers.ReadAsync(Double, p => p.AddNumber(1), row => (int?)row.GetInt32(0), leaving.Token).AsTask();
        var good = Some(readers);

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        await trip.EndAsync();

        Assert.Equal(Doubles(20), await Task.WhenAll(good));
    }

    [Fact]
    public async Task A_few_wait_for_the_trip_under_way_and_a_crowd_does_not()
    {
        await using var storage = await TestStorage.CreateAsync(Engine.Postgres);
        var readers = storage.Get<PostgresReaders>();
        await using var trip = await SlowTrip.BeginAsync(storage);

        var few = Some(readers);
        Assert.DoesNotContain(few, f => f.IsCompleted);
        var crowd = Some(readers);

        Assert.Equal([.. Doubles(20), .. Doubles(20)], await Task.WhenAll([.. few, .. crowd]));
        Assert.False(trip.IsOver);
        await trip.EndAsync();
    }

    [Fact]
    public async Task Statements_are_all_answered_also_when_one_finds_nothing()
    {
        await using var storage = await TestStorage.CreateAsync(Engine.Postgres);
        var readers = storage.Get<PostgresReaders>();
        await using var trip = await SlowTrip.BeginAsync(storage);

        var none = DoubleAsync(readers, 5000);
        var some = Some(readers);
        await trip.EndAsync();

        Assert.Null(await none);
        Assert.Equal(Doubles(20), await Task.WhenAll(some));
    }

    /// <summary>Twenty at once, which is no crowd.</summary>
    private static List<Task<int?>> Some(PostgresReaders readers) => [.. Enumerable.Range(1, 20).Select(n => DoubleAsync(readers, n))];

    private static IEnumerable<int?> Doubles(int count) => Enumerable.Range(1, count).Select(n => (int?)(2 * n));

    private static Task<int?> DoubleAsync(PostgresReaders readers, int n) =>
        readers.ReadAsync(Double, p => p.AddNumber(n), row => (int?)row.GetInt32(0), Ct).AsTask();

    /// <summary>A read that waits for a lock, so that what is asked meanwhile comes together.</summary>
    private sealed class SlowTrip(NpgsqlConnection holder, Task<int> read) : IAsyncDisposable
    {
        public bool IsOver => read.IsCompleted;

        public static async Task<SlowTrip> BeginAsync(TestStorage storage)
        {
            var holder = await storage.Get<PostgresConnections>().Source.OpenConnectionAsync(Ct);
            await using (var take = new NpgsqlCommand("SELECT pg_advisory_lock(7)", holder))
            {
                await take.ExecuteNonQueryAsync(Ct);
            }

            // Bound once its trip has taken it: what is asked after this comes with another.
            var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var read = storage.Get<PostgresReaders>().ReadAsync(
                "SELECT 1 FROM pg_advisory_xact_lock($1)",
                p =>
                {
                    p.AddNumber(7);
                    left.TrySetResult();
                },
                row => row.GetInt32(0),
                Ct).AsTask();
            await Task.WhenAny(left.Task, read);
            return new SlowTrip(holder, read);
        }

        public async Task EndAsync()
        {
            Assert.False(IsOver);
            await using var release = new NpgsqlCommand("SELECT pg_advisory_unlock(7)", holder);
            await release.ExecuteNonQueryAsync(Ct);
            Assert.Equal(1, await read);
        }

        public ValueTask DisposeAsync() => holder.DisposeAsync();
    }
}
