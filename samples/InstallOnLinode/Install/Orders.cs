using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Latchkey.Linode;

namespace InstallOnLinode.Install;

/// <summary>
/// The orders under way and how they ended, for an hour each, in this process's memory. One per press of the button, so two
/// tabs do not meet; each belongs to the browser that placed it.
/// </summary>
internal sealed class Orders(TimeProvider clock)
{
    private const int Most = 10_000;
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    public string Add(Order order, string visitor)
    {
        Forget();
        var id = RandomNumberGenerator.GetHexString(32, lowercase: true);
        _entries[id] = new Entry(order, visitor, clock.GetTimestamp());
        return id;
    }

    /// <summary>The order, once: whoever comes second finds that it is being carried out already.</summary>
    public bool TryBegin(string id, string visitor, [NotNullWhen(true)] out Order? order)
    {
        order = Find(id, visitor) is { } entry && entry.Begin() ? entry.Order : null;
        return order is not null;
    }

    public void Finish(string id, Outcome outcome, RootPassword? password = null)
    {
        if (_entries.TryGetValue(id, out var entry))
        {
            entry.Password = password;
            entry.Outcome = outcome;
        }
    }

    /// <summary>How the visitor's order ended; null when it has not, or is none of theirs.</summary>
    public Outcome? OutcomeOf(string id, string visitor) => Find(id, visitor)?.Outcome;

    /// <summary>The root password, the first time it is asked for.</summary>
    public RootPassword? TakePassword(string id, string visitor) => Find(id, visitor)?.TakePassword();

    private Entry? Find(string id, string visitor) =>
        _entries.TryGetValue(id, out var entry)
        && entry.Visitor == visitor
        && clock.GetElapsedTime(entry.Placed) < Kept
            ? entry
            : null;

    // Every new order pays for clearing away the old ones, so that abandoned logins cannot fill the memory.
    private void Forget()
    {
        foreach (var (id, entry) in _entries)
        {
            if (clock.GetElapsedTime(entry.Placed) >= Kept)
            {
                _entries.TryRemove(id, out _);
            }
        }

        while (_entries.Count >= Most && _entries.MinBy(e => e.Value.Placed).Key is { } oldest)
        {
            _entries.TryRemove(oldest, out _);
        }
    }

    private sealed class Entry(Order order, string visitor, long placed)
    {
        private RootPassword? _password;
        private int _begun;

        public Order Order => order;

        public string Visitor => visitor;

        public long Placed => placed;

        public Outcome? Outcome { get; set; }

        public RootPassword? Password { set => _password = value; }

        public bool Begin() => Interlocked.Exchange(ref _begun, 1) == 0;

        public RootPassword? TakePassword() => Interlocked.Exchange(ref _password, null);
    }
}
