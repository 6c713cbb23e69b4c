using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Latchkey.Faults.Tests.Postgres;

/// <summary>
/// Apps that redeem, refresh and revoke on both nodes in turn, and keep a ledger. After an answer that is missing or 503 most ask
/// again as soon as a node is ready, as an app should; the others leave it at that.
/// </summary>
internal sealed class Traffic
{
    private const int Workers = 8;

    // As TokenLifetimes.RetryWindow: so long the server owes the same successor.
    private static readonly TimeSpan RetryWindow = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan OldestCode = TimeSpan.FromSeconds(30);

    private readonly TwoNodes _nodes;
    private readonly ConcurrentQueue<LedgerEntry> _fresh = [];
    private readonly ConcurrentQueue<LedgerEntry> _entries = [];
    private readonly ConcurrentQueue<string> _wrong = [];
    private readonly int[] _acknowledged = new int[2];
    private readonly Task _work;
    private volatile bool _stop;
    private int _unknown;
    private int _errors;

    private Traffic(TwoNodes nodes, IEnumerable<LedgerEntry> fresh)
    {
        _nodes = nodes;
        _fresh = new(fresh);
        _work = Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(WorkAsync)));
    }

    public IReadOnlyCollection<LedgerEntry> Entries => _entries;

    /// <summary>What no order of events explains.</summary>
    public IReadOnlyCollection<string> Wrong => _wrong;

    /// <summary>Answers that were missing or 503.</summary>
    public int UnknownAnswers => Volatile.Read(ref _unknown);

    /// <summary>Of these, the ones that a server gave: 503.</summary>
    public int ServerErrors => Volatile.Read(ref _errors);

    /// <param name="codes">How many people agree before it begins; a code lives a minute.</param>
    public static async Task<Traffic> StartAsync(TwoNodes nodes, int codes)
    {
        var fresh = new List<LedgerEntry>();
        for (var i = 0; i < codes; i++)
        {
            fresh.Add(new LedgerEntry(i, await nodes.App.AuthorizeAsync()));
        }

        return new Traffic(nodes, fresh);
    }

    /// <summary>Waits until this many more writes were acknowledged, by that node or by both together.</summary>
    public async Task AcknowledgesAsync(int more, int? node = null)
    {
        int Count() => node is { } one ? Volatile.Read(ref _acknowledged[one]) : _acknowledged.Sum();
        var goal = Count() + more;
        await TwoNodes.UntilAsync(() => Task.FromResult(Count() >= goal || _work.IsCompleted));
        Assert.True(Count() >= goal, "The apps gave up: " + (_work.Exception?.ToString() ?? string.Join('\n', _wrong)));
    }

    public async Task StopAsync()
    {
        _stop = true;
        await _work;
    }

    private async Task WorkAsync()
    {
        var living = new List<LedgerEntry>();
        for (var step = 0; !_stop; step++)
        {
            if ((living.Count == 0 || step % 4 == 0) && TryTake(out var fresh))
            {
                _entries.Enqueue(fresh);
                await (fresh.Number % 5 == 0 ? RedeemTwiceAsync(fresh) : RedeemAsync(fresh));
                living.Add(fresh);
            }
            else if (living.Count > 0)
            {
                var one = living[step % living.Count];
                await (living.Count > 2 && step % 4 == 1 ? RevokeAsync(one) : RefreshAsync(one));
            }
            else
            {
                return;
            }

            living.RemoveAll(e => e.Standing != Standing.Alive);
        }
    }

    private bool TryTake([NotNullWhen(true)] out LedgerEntry? entry)
    {
        while (_fresh.TryDequeue(out entry))
        {
            if (Stopwatch.GetElapsedTime(entry.IssuedAt) < OldestCode)
            {
                return true;
            }
        }

        return false;
    }

    private async Task RedeemAsync(LedgerEntry entry)
    {
        for (var again = false; ; again = true)
        {
            var answer = await _nodes.RedeemAsync(entry.Authorization);
            if (answer.IsOk)
            {
                entry.Receive(answer);
                Acknowledge(entry, answer, Standing.Alive);
                return;
            }

            if (again && answer.IsRefusal)
            {
                // It had been redeemed the first time, and the server cannot tell this from a theft.
                entry.Standing = Standing.Dead;
                return;
            }

            if (!IsUnknown(entry, answer, "redeem"))
            {
                return;
            }

            entry.Standing = Standing.Unknown;
            if (entry.Number % 4 == 3)
            {
                return;
            }

            await _nodes.AnyReadyAsync();
        }
    }

    /// <summary>The same code on both nodes at once: one of them at most has tokens for it.</summary>
    private async Task RedeemTwiceAsync(LedgerEntry entry)
    {
        var answers = await Task.WhenAll(_nodes.RedeemAsync(entry.Authorization, 0), _nodes.RedeemAsync(entry.Authorization, 1));
        if (answers.Count(a => a.IsOk) > 1)
        {
            _wrong.Enqueue("A code was redeemed twice.");
        }

        answers.Where(a => a.IsOk).ToList().ForEach(entry.Receive);

        // Whoever was refused came second, and that ended it.
        entry.Standing = answers.Any(a => a.IsRefusal) ? Standing.Dead : Standing.Unknown;
        if (answers.All(a => !a.IsUnknown) && answers.Count(a => a.IsOk) != 1)
        {
            _wrong.Enqueue($"A code sent twice: {answers[0]}, {answers[1]}.");
        }
    }

    private async Task RefreshAsync(LedgerEntry entry)
    {
        while (true)
        {
            var first = entry.DoubtfulSince ?? Stopwatch.GetTimestamp();
            var answer = await _nodes.RefreshAsync(entry.Refresh[^1]);
            if (answer.IsOk)
            {
                entry.Receive(answer);
                Acknowledge(entry, answer, Standing.Alive);
                return;
            }

            if (answer.IsRefusal && entry.DoubtfulSince is not null && Stopwatch.GetElapsedTime(first) >= RetryWindow)
            {
                entry.Standing = Standing.Dead;
                return;
            }

            if (!IsUnknown(entry, answer, "refresh"))
            {
                return;
            }

            entry.DoubtfulSince = first;
            if (entry.Number % 4 == 3)
            {
                return;
            }

            await _nodes.AnyReadyAsync();
        }
    }

    private async Task RevokeAsync(LedgerEntry entry)
    {
        while (true)
        {
            var answer = await _nodes.RevokeAsync(entry.Access[^1]);
            if (answer.IsOk)
            {
                Acknowledge(entry, answer, Standing.Dead);
                return;
            }

            if (!IsUnknown(entry, answer, "revoke"))
            {
                return;
            }

            entry.Standing = Standing.Unknown;
            if (entry.Number % 4 == 3)
            {
                return;
            }

            await _nodes.AnyReadyAsync();
        }
    }

    private void Acknowledge(LedgerEntry entry, Answer answer, Standing standing)
    {
        entry.Standing = standing;
        Interlocked.Increment(ref _acknowledged[answer.Node]);
    }

    private bool IsUnknown(LedgerEntry entry, Answer answer, string what)
    {
        if (answer.IsUnknown)
        {
            Interlocked.Increment(ref _unknown);
            if (answer.Status is not null)
            {
                Interlocked.Increment(ref _errors);
            }

            return true;
        }

        _wrong.Enqueue($"{what} of {entry.Number}: {answer} {(answer.IsOk ? "" : answer.Body.ToString())}");
        entry.Standing = Standing.Unknown;
        return false;
    }
}
