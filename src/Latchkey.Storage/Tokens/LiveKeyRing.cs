using Latchkey.Core.Tokens;

namespace Latchkey.Storage.Tokens;

/// <summary>The key ring of a running server, which notices keys that another process added.</summary>
public sealed class LiveKeyRing
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(1);

    private readonly TokenKeyStore _store;
    private readonly TimeProvider _clock;
    private readonly Lock _lock = new();
    private IReadOnlyList<TokenKey> _keys = [];
    private volatile KeyRing? _ring;
    private long _lookedAt;

    internal LiveKeyRing(TokenKeyStore store, TimeProvider clock)
    {
        _store = store;
        _clock = clock;
    }

    /// <summary>The ring; looks for new keys every five seconds, which is before a new key seals its first token.</summary>
    public KeyRing Current => _ring is { } ring && _clock.GetElapsedTime(Volatile.Read(ref _lookedAt)) < Interval ? ring : Look(Interval);

    /// <summary>
    /// Looks again because a token names a key that is not there. Anyone can send such a token, so at most once a second. True
    /// when the ring has changed.
    /// </summary>
    public bool Refresh()
    {
        var before = _ring;
        return !ReferenceEquals(before, Look(ShortestInterval));
    }

    private KeyRing Look(TimeSpan interval)
    {
        // One looks; a database that is slow to answer must not hold up everybody who has a ring already.
        if (_ring is null)
        {
            _lock.Enter();
        }
        else if (!_lock.TryEnter())
        {
            return _ring;
        }

        try
        {
            return _ring is not null && _clock.GetElapsedTime(_lookedAt) < interval ? _ring : Read();
        }
        finally
        {
            _lock.Exit();
        }
    }

    private KeyRing Read()
    {
        Volatile.Write(ref _lookedAt, _clock.GetTimestamp());
        try
        {
            if (_ring is null || !_store.Ids().SequenceEqual(_keys.Select(k => (long)k.Id)))
            {
                _keys = _store.Load();
                _ring = new KeyRing(_keys);
            }
        }
        catch (StorageUnavailableException) when (_ring is not null)
        {
            // The keys we have are still good; the next look may find the database well again.
        }

        return _ring;
    }
}
