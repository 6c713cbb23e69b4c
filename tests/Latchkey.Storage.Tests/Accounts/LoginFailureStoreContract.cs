using Latchkey.Storage.Accounts;

namespace Latchkey.Storage.Tests.Accounts;

public abstract class LoginFailureStoreContract(Engine engine)
{
    private static readonly TimeSpan Each = TimeSpan.FromMinutes(1);

    [Fact, Spec("AV-01")]
    public async Task Failures_on_one_node_are_seen_on_another_and_add_up()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        await using var another = storage.Another();
        await FailAsync(storage, "peer");
        await FailAsync(another, "peer");
        await FailAsync(another, "somebody else");

        Assert.Equal((2, storage.Clock.GetUtcNow() + (2 * Each)), await storage.Get<LoginFailureStore>().FindAsync("peer"));
        Assert.Equal((2, storage.Clock.GetUtcNow() + (2 * Each)), await another.Get<LoginFailureStore>().FindAsync("peer"));
        Assert.Null(await storage.Get<LoginFailureStore>().FindAsync("a neighbour"));
    }

    [Fact, Spec("AV-01")]
    public async Task Failures_at_the_same_moment_on_two_nodes_all_count()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        await using var another = storage.Another();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => FailAsync(i % 2 == 0 ? storage : another, "peer")));

        Assert.Equal(20, (await storage.Get<LoginFailureStore>().FindAsync("peer"))?.Failures);
    }

    [Fact]
    public async Task What_is_over_counts_no_more_and_goes_with_the_next_failure()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        foreach (var source in new[] { "first", "second", "third" })
        {
            await FailAsync(storage, source);
        }

        storage.Clock.Advance(Each);

        Assert.Null(await storage.Get<LoginFailureStore>().FindAsync("first"));
        await FailAsync(storage, "first");
        Assert.Equal((1, storage.Clock.GetUtcNow() + Each), await storage.Get<LoginFailureStore>().FindAsync("first"));
        Assert.Equal(1, storage.Number("SELECT count(*) FROM login_failures"));
    }

    [Fact]
    public async Task Cleared_for_one_they_still_count_for_the_others()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        await FailAsync(storage, "first");
        await FailAsync(storage, "second");

        await storage.Writes.RunAsync((db, ct) => LoginFailureStore.ClearAsync(db, "first", ct));

        Assert.Null(await storage.Get<LoginFailureStore>().FindAsync("first"));
        Assert.NotNull(await storage.Get<LoginFailureStore>().FindAsync("second"));
    }

    private static Task FailAsync(TestStorage storage, string source) => storage.Writes.RunAsync(async (db, ct) =>
    {
        await storage.Get<LoginFailureStore>().AddAsync(db, source, until => until + Each, ct);
        await db.SaveChangesAsync(ct);
    });
}
