using Latchkey.Bench.Report;

namespace Latchkey.Bench.Tests.Report;

public sealed class VerdictTests
{
    [Fact]
    public void A_promise_against_the_floor_is_kept_up_to_its_ratio()
    {
        Assert.All(Verdict.All([Of("introspect", "floor", 20), Of("introspect", "Latchkey", 30)], [], []), v => Assert.True(v.Kept));
        Assert.All(Verdict.All([Of("introspect", "floor", 20), Of("introspect", "Latchkey", 30.1)], [], []), v => Assert.False(v.Kept));
    }

    [Fact]
    public void A_full_store_is_held_against_the_empty_one_of_the_same_run()
    {
        List<Measurement> all = [Of("refresh", "Latchkey", 50), Of("refresh", "Latchkey, 1,000,000 grants", 66)];

        var verdict = Assert.Single(Verdict.All(all, [], []));

        Assert.Equal(("1.32 x", false), (verdict.Measured, verdict.Kept));
        Assert.Contains("1,000,000 grants", verdict.Promise, StringComparison.Ordinal);
    }

    [Fact]
    public void Others_promise_nothing() =>
        Assert.Empty(Verdict.All([Of("revoke", "floor", 1), Of("revoke", "OpenIddict", 1000)], [Facts("OpenIddict", 9, [])], []));

    [Fact]
    public void Memory_must_be_flat_and_low()
    {
        Assert.True(Memory(100, 120, 121, 122));
        Assert.False(Memory(100, 120, 130, 145));
        Assert.False(Memory(100, 201, 201, 201));

        static bool Memory(params double[] megabytes) => Verdict.All([], [Facts("Latchkey", 1, megabytes)], []).Last().Kept;
    }

    [Fact]
    public void A_node_over_PostgreSQL_is_held_against_one_over_SQLite_and_its_full_store_with_the_database_server()
    {
        List<Measurement> all =
        [
            Of("refresh", "Latchkey", 30), Of("refresh", "Latchkey on PostgreSQL", 60, 40), Of("refresh", "Latchkey on PostgreSQL, 1,000,000 grants", 61, 70),
        ];

        Assert.Equal([("1.31 x", false), ("2.00 x", true)], Verdict.All(all, [], []).Select(v => (v.Measured, v.Kept)));
    }

    [Fact]
    public void A_store_must_be_flat()
    {
        Assert.True(Store(10, 20, 20, 21));
        Assert.False(Store(10, 15, 20, 25));

        static bool Store(params double[] megabytes) => Assert.Single(Verdict.All([], [], [new StoreFacts("Latchkey", 1, 1, megabytes, null)])).Kept;
    }

    private static ProcessFacts Facts(string server, double firstAnswer, double[] memory) => new(server, firstAnswer, 0, 0, memory, 1000, null);

    private static Measurement Of(string operation, string server, double microseconds, double? database = null) =>
        new(operation, server, 1, 1, microseconds, 0, 0, database);
}
