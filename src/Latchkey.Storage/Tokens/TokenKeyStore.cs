using Latchkey.Core.Tokens;
using Latchkey.Storage.Audit;
using Latchkey.Storage.Writes;
using Microsoft.EntityFrameworkCore;

namespace Latchkey.Storage.Tokens;

/// <summary>The keys that seal tokens. Old ones stay: they open what they sealed.</summary>
public sealed class TokenKeyStore
{
    /// <summary>How long a new key waits before it seals: every node has looked for new keys by then (<see cref="LiveKeyRing"/>).</summary>
    public static readonly TimeSpan ActivationDelay = TimeSpan.FromSeconds(10);

    private readonly IPointReads _reads;
    private readonly ManagementWrites _writes;
    private readonly TokenKeyWrapping _wrapping;
    private readonly TimeProvider _clock;

    internal TokenKeyStore(IPointReads reads, ManagementWrites writes, TokenKeyWrapping wrapping, TimeProvider clock)
    {
        _reads = reads;
        _writes = writes;
        _wrapping = wrapping;
        _clock = clock;
    }

    /// <summary>All keys, unwrapped.</summary>
    /// <exception cref="StartupException">The Data Protection key ring is not the one that wrapped them.</exception>
    public IReadOnlyList<TokenKey> Load() => [.. _reads.TokenKeys().Select(_wrapping.Unwrap)];

    /// <summary>Adds a key that seals from <see cref="ActivationDelay"/> on.</summary>
    public Task<TokenKey> RotateAsync(CancellationToken cancellationToken = default) => _writes.RunAsync(
        async (db, ct) =>
        {
            var now = _clock.GetUtcNow();
            var newest = await db.TokenKeys.MaxAsync(k => (long?)k.Id, ct) ?? 0;
            var row = _wrapping.NewKey(checked((uint)(newest + 1)), now + ActivationDelay);
            db.TokenKeys.Add(row);
            db.AuditEvents.Add(new AuditEvent { Time = now, Kind = AuditKinds.KeyRotated, Detail = row.Id.ToString() });
            await db.SaveChangesAsync(ct);
            return _wrapping.Unwrap(row);
        },
        cancellationToken);

    internal IReadOnlyList<long> Ids() => [.. _reads.TokenKeys().Select(k => k.Id)];
}
