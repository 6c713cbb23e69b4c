using System.Text;
using Latchkey.Core.Grants;
using Latchkey.Core.Tokens;
using Latchkey.Storage;
using Latchkey.Storage.Grants;
using Latchkey.Storage.Tokens;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Bench.Servers;

/// <summary>Where a Latchkey under measurement keeps what it knows.</summary>
internal abstract class LatchkeyStore : IDisposable
{
    protected const int GrantsPerUser = 10;

    /// <summary>How many of the grants that fill a store get a token that lives.</summary>
    protected const int Tokens = 100_000;

    /// <summary>One in so many of them has ended, long enough ago to be forgotten.</summary>
    protected const int EndedOneIn = 10;

    /// <summary>How long ago those were given and revoked.</summary>
    protected static readonly TimeSpan EndedSince = TimeSpan.FromDays(800);

    /// <summary>
    /// What servers note when they have run for a while: how long tokens live and, in minutes since 1970, when the next sweep is due.
    /// That is in half a day: it must not come on its own in the middle of a measurement.
    /// </summary>
    protected static IReadOnlyList<(string Name, int Minutes)> Notes =>
    [
        ("longest_access", (int)new TokenLifetimes().Access.TotalMinutes),
        ("longest_refresh_idle", (int)new TokenLifetimes().RefreshIdle.TotalMinutes),
        ("sweep_due", (int)(TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(12) - DateTimeOffset.UnixEpoch).TotalMinutes),
    ];

    /// <summary>Over which time before now those grants were given.</summary>
    protected static readonly TimeSpan Span = TimeSpan.FromDays(90);

    /// <summary>How every command of Latchkey's is told of it.</summary>
    public abstract IReadOnlyList<string> Options { get; }

    /// <summary>What it takes on the disk, logs of its own aside.</summary>
    public abstract long Bytes { get; }

    /// <summary>What a database server of its own has used since its start; null when the nodes do it all themselves.</summary>
    public virtual DatabaseUse? Use => null;

    /// <summary>
    /// Fills the database of a stopped server: one grant goes through the server's own store, all others are copies of its row.
    /// The tokens that point to some of them are sealed with the server's own keys.
    /// </summary>
    public async Task<(double BytesPerGrant, IReadOnlyList<byte[]> AccessTokens)> FillAsync(long grants)
    {
        var (first, keys) = await AddFirstAsync();
        var (bytes, ids) = Copy(first, grants);
        var issuer = new TokenIssuer(keys, new TokenLifetimes());
        return ((double)bytes / grants, ids.ConvertAll(id => AccessToken(issuer, first with { Id = id })));
    }

    public virtual void Dispose()
    {
    }

    protected abstract void Configure(StorageOptions options);

    /// <summary>Returns what the copies take on the disk, and the ids of <see cref="Tokens"/> of them in no order.</summary>
    protected abstract (long Bytes, List<Guid> Ids) Copy(Grant first, long grants);

    private static byte[] AccessToken(TokenIssuer issuer, Grant grant) =>
        Encoding.ASCII.GetBytes(issuer.Tokens(grant, null, grant.RotatedAt!.Value).AccessToken.Reveal());

    /// <summary>From the code that the login brought: redeemed and refreshed once, just now, so that its access token lives.</summary>
    private async Task<(Grant First, KeyRing Keys)> AddFirstAsync()
    {
        // Closed when this returns: the copies need the database for themselves.
        await using var services = new ServiceCollection().AddLatchkeyStorage(Configure).BuildServiceProvider();
        await services.GetRequiredService<Database>().PrepareAsync();
        var store = services.GetRequiredService<IGrantStore>();
        var grant = await store.ListAsync(GrantFilter.All).FirstAsync();
        GrantWrite[] writes =
        [
            new GrantWrite.Redeem(grant.Id, grant.CreatedAt, grant.CreatedAt + new TokenLifetimes().Grant),
            new GrantWrite.Rotate(grant.Id, 1, grant.CreatedAt),
        ];
        foreach (var write in writes)
        {
            if (!await store.ApplyAsync(write))
            {
                throw new BenchException("The store did not take the first grant's tokens.");
            }

            grant = grant.After(write);
        }

        return (grant, services.GetRequiredService<LiveKeyRing>().Current);
    }
}

/// <summary>CPU of all its processes, and how often its log was forced to the disk.</summary>
internal readonly record struct DatabaseUse(TimeSpan Cpu, long Flushes);
