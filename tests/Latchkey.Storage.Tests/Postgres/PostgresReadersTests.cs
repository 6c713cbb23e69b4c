using Latchkey.Storage.Postgres;
using Microsoft.Extensions.DependencyInjection;
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

        Assert.Equal(Enumerable.Range(1, 1000).Select(n => (int?)(2 * n)), answers[..1000]);
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
        List<Task<int?>> good = [];
        List<Task<int>> bad = [];
        for (var n = 1; n <= 200; n++)
        {
            good.Add(DoubleAsync(readers, n));
            bad.Add(readers.ReadAsync("SELECT 1 / $1", p => p.AddNumber(0), row => row.GetInt32(0), Ct).AsTask());
        }

        Assert.Equal(Enumerable.Range(1, 200).Select(n => (int?)(2 * n)), await Task.WhenAll(good));
        foreach (var one in bad)
        {
            Assert.Equal(PostgresErrorCodes.DivisionByZero, (await Assert.ThrowsAsync<PostgresException>(() => one)).SqlState);
        }
    }

    [Fact]
    public async Task A_row_that_one_caller_cannot_read_is_read_by_the_others()
    {
        await using var storage = await TestStorage.CreateAsync(Engine.Postgres);
        var readers = storage.Get<PostgresReaders>();
        List<Task<int?>> good = [];
        List<Task<string?>> bad = [];
        for (var n = 1; n <= 50; n++)
        {
            bad.Add(readers.ReadAsync(Double, p => p.AddNumber(1), string (_) => throw new FormatException(), Ct).AsTask());
            good.Add(DoubleAsync(readers, n));
        }

        Assert.Equal(Enumerable.Range(1, 50).Select(n => (int?)(2 * n)), await Task.WhenAll(good));
        foreach (var one in bad)
        {
            await Assert.ThrowsAsync<FormatException>(() => one);
        }
    }

    [Fact]
    public async Task Two_statements_are_both_answered_also_when_one_finds_nothing()
    {
        await using var storage = await TestStorage.CreateAsync(Engine.Postgres);
        var readers = storage.Get<PostgresReaders>();

        var (first, second) = await readers.ReadBothAsync(
            (Double, p => p.AddNumber(5000), row => (int?)row.GetInt32(0)),
            (Double, p => p.AddNumber(21), row => (int?)row.GetInt32(0)),
            Ct);

        Assert.Null(first);
        Assert.Equal(42, second);
    }

    [Fact]
    public async Task Whoever_leaves_takes_nobody_along()
    {
        await using var storage = await TestStorage.CreateAsync(Engine.Postgres);
        var readers = storage.Get<PostgresReaders>();
        using var leaving = new CancellationTokenSource();
        var slow = readers.ReadAsync("SELECT 1 FROM pg_sleep($1)", p => p.AddNumber(1), row => row.GetInt32(0), leaving.Token).AsTask();
        var good = Enumerable.Range(1, 50).Select(n => DoubleAsync(readers, n)).ToList();

        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => slow);
        Assert.Equal(Enumerable.Range(1, 50).Select(n => (int?)(2 * n)), await Task.WhenAll(good));
    }

    private static Task<int?> DoubleAsync(PostgresReaders readers, int n) =>
        readers.ReadAsync(Double, p => p.AddNumber(n), row => (int?)row.GetInt32(0), Ct).AsTask();
}
