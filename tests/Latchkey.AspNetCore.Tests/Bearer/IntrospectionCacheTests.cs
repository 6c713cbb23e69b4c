using System.Collections;
using System.Reflection;
using Latchkey.AspNetCore;
using Latchkey.Protocol;
using Microsoft.Extensions.Time.Testing;

namespace Latchkey.AspNetCore.Tests.Bearer;

public sealed class IntrospectionCacheTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AMoment = TimeSpan.FromMilliseconds(1);
    private static readonly CancellationToken Never = CancellationToken.None;

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly List<TaskCompletionSource<TokenInfo?>> _asked = [];
    private readonly IntrospectionCache _cache;

    public IntrospectionCacheTests() => _cache = NewCache(capacity: 100);

    [Fact, Spec("RA-10")]
    public async Task An_answer_counts_until_the_bound_and_not_a_moment_longer()
    {
        await AnsweredAsync("token", Alive());
        _clock.Advance(Bound - AMoment);

        Assert.NotNull(await _cache.AskAsync("token", Never));
        Assert.Single(_asked);
        _clock.Advance(AMoment);
        Assert.False(_cache.AskAsync("token", Never).IsCompleted);
        Assert.Equal(2, _asked.Count);
    }

    [Fact, Spec("RA-10")]
    public async Task The_bound_counts_from_the_question_and_not_from_a_late_answer()
    {
        var slow = _cache.AskAsync("token", Never);
        _clock.Advance(Bound - AMoment);
        _asked[0].SetResult(Alive());
        await slow;

        _clock.Advance(AMoment);

        Assert.False(_cache.AskAsync("token", Never).IsCompleted);
        Assert.Equal(2, _asked.Count);
    }

    [Fact, Spec("RA-10")]
    public async Task A_question_that_is_older_than_the_bound_is_not_waited_for()
    {
        var early = _cache.AskAsync("token", Never);
        _clock.Advance(Bound);

        var late = _cache.AskAsync("token", Never);
        _asked[1].SetResult(null);
        _asked[0].SetResult(Alive());

        Assert.Null(await late);
        Assert.NotNull(await early);
        Assert.False(_cache.AskAsync("token", Never).IsCompleted, "The older answer came later and was kept.");
    }

    [Theory, Spec("RA-10")]
    [InlineData(0, 5_000, "the machine slept, and the steady clock with it")]
    [InlineData(0, -1, "the clock was set back, nobody knows by how much")]
    [InlineData(5_000, 2_000, "the clock was set back while the bound passed")]
    public async Task No_clock_that_jumps_stretches_the_bound(int steady, int wall, string why)
    {
        var clocks = new TwoClocks();
        var cache = NewCache(capacity: 1, clocks);
        await AnsweredAsync("token", Alive(), cache);
        Assert.True(cache.AskAsync("token", Never).IsCompleted);

        clocks.Move(steady, wall);

        Assert.False(cache.AskAsync("token", Never).IsCompleted, why);
    }

    [Fact]
    public async Task A_token_s_own_end_comes_first()
    {
        await AnsweredAsync("token", Alive(_clock.GetUtcNow().AddSeconds(2)));
        _clock.Advance(TimeSpan.FromSeconds(2) - AMoment);
        Assert.NotNull(await _cache.AskAsync("token", Never));

        _clock.Advance(AMoment);

        Assert.False(_cache.AskAsync("token", Never).IsCompleted);
    }

    [Fact, Spec("F-23")]
    public async Task All_who_ask_about_one_token_at_once_ask_once()
    {
        var waiting = Enumerable.Range(0, 50).Select(_ => _cache.AskAsync("token", Never)).ToArray();
        var other = _cache.AskAsync("another", Never);

        Assert.Equal(2, _asked.Count);
        _asked[0].SetResult(Alive());
        Assert.All(await Task.WhenAll(waiting), Assert.NotNull);
        Assert.False(other.IsCompleted);
    }

    [Fact]
    public async Task Whoever_leaves_takes_the_answer_from_nobody()
    {
        using var leaves = new CancellationTokenSource();
        var first = _cache.AskAsync("token", leaves.Token);
        var second = _cache.AskAsync("token", Never);

        await leaves.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Single(_asked).SetResult(Alive());
        Assert.NotNull(await second);
    }

    [Fact, Spec("F-23")]
    public async Task A_fault_is_everybody_s_who_waited_and_nobody_s_who_comes_later()
    {
        await AnsweredAsync("token", Alive());
        _clock.Advance(Bound);
        var waiting = Enumerable.Range(0, 3).Select(_ => _cache.AskAsync("token", Never)).ToArray();
        Assert.Equal(2, _asked.Count);

        _asked[1].SetException(new IntrospectionFailedException("down"));

        foreach (var caller in waiting)
        {
            await Assert.ThrowsAsync<IntrospectionFailedException>(() => caller);
        }

        Assert.False(_cache.AskAsync("token", Never).IsCompleted, "An answer past its bound came back, or the fault was kept.");
        Assert.Equal(3, _asked.Count);
    }

    [Fact]
    public async Task A_dead_token_is_asked_about_every_time()
    {
        await AnsweredAsync("token", null);

        Assert.False(_cache.AskAsync("token", Never).IsCompleted);
    }

    [Fact]
    public async Task Past_its_size_the_oldest_answer_goes()
    {
        var cache = NewCache(capacity: 2);
        foreach (var token in new[] { "first", "second", "third" })
        {
            await AnsweredAsync(token, Alive(), cache);
        }

        for (var i = 0; i < 10; i++)
        {
            // Anybody can make these up.
            await AnsweredAsync("dead" + i, null, cache);
        }

        Assert.True(cache.AskAsync("second", Never).IsCompleted);
        Assert.True(cache.AskAsync("third", Never).IsCompleted);
        Assert.False(cache.AskAsync("first", Never).IsCompleted);
    }

    [Fact]
    public async Task What_is_over_is_thrown_away_and_no_token_is_ever_held()
    {
        for (var i = 0; i < 5; i++)
        {
            await AnsweredAsync("long-token-" + i, Alive());
        }

        Assert.Equal(10, Held().Count);
        Assert.All(Held(), text => Assert.DoesNotContain("long-token", text, StringComparison.OrdinalIgnoreCase));
        _clock.Advance(Bound);
        await AnsweredAsync("long-token-0", Alive());
        Assert.Equal(2, Held().Count);
    }

    /// <summary>Every element of every collection in it: each kept answer is in two.</summary>
    private List<string> Held() =>
        [.. typeof(IntrospectionCache).GetFields(BindingFlags.NonPublic | BindingFlags.Instance)
            .Select(f => f.GetValue(_cache)).OfType<IEnumerable>().SelectMany(c => c.Cast<object>()).Select(o => o.ToString()!)];

    private IntrospectionCache NewCache(int capacity, TimeProvider? clock = null) => new(
        (_, cancellationToken) =>
        {
            _asked.Add(new TaskCompletionSource<TokenInfo?>());
            return _asked[^1].Task.WaitAsync(cancellationToken);
        },
        Bound,
        capacity,
        clock ?? _clock);

    private async Task AnsweredAsync(string token, TokenInfo? answer, IntrospectionCache? cache = null)
    {
        var asking = (cache ?? _cache).AskAsync(token, Never);
        _asked[^1].SetResult(answer);
        Assert.Equal(answer, await asking);
    }

    private static TokenInfo Alive(DateTimeOffset? until = null) => new("user-1", "ann", "app-1", ScopeSet.Empty, until);

    private sealed class TwoClocks : TimeProvider
    {
        private DateTimeOffset _wall = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        private long _steady;

        public override long TimestampFrequency => 1000;

        public void Move(int steady, int wall) => (_steady, _wall) = (_steady + steady, _wall.AddMilliseconds(wall));

        public override long GetTimestamp() => _steady;

        public override DateTimeOffset GetUtcNow() => _wall;
    }
}
