using Latchkey.Core.Tokens;
using Latchkey.Storage.Tokens;
using Microsoft.Extensions.Options;

namespace Latchkey.LoginServer.Tokens;

/// <summary>
/// The token keys as this process holds them. A rotation elsewhere is noticed when a token names a key not held here, and
/// at the latest after <see cref="MaxAge"/>; a new key seals nothing before every process has had that time.
/// </summary>
internal sealed class LiveKeys(TokenKeyStore store, IOptions<LoginServerOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(30);

    // Strangers can name keys that do not exist; they must not make us read the store at each try.
    private static readonly TimeSpan MinAge = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim _loading = new(1, 1);
    private volatile Loaded? _loaded;

    /// <summary>Seals with the keys held. Use after <see cref="OpenAsync"/> or <see cref="RefreshAsync"/>.</summary>
    public TokenIssuer Issuer => (_loaded ?? throw new InvalidOperationException("The token keys are loaded at start.")).Issuer;

    /// <summary>Opens a token of one kind, or of any kind for null; null when this server did not seal it.</summary>
    public async ValueTask<TokenContent?> OpenAsync(string text, TokenKind? kind, CancellationToken cancellationToken)
    {
        await RefreshAsync(MaxAge, cancellationToken);
        var opening = _loaded!.Ring.Open(text, out var content);
        if (opening == TokenOpening.UnknownKey)
        {
            await RefreshAsync(MinAge, cancellationToken);
            opening = _loaded!.Ring.Open(text, out content);
        }

        return opening == TokenOpening.Opened && (kind is null || content.Kind == kind) ? content : default(TokenContent?);
    }

    /// <summary>Loads the keys when they are not held yet or are older than <see cref="MaxAge"/>.</summary>
    public ValueTask RefreshAsync(CancellationToken cancellationToken) => RefreshAsync(MaxAge, cancellationToken);

    private ValueTask RefreshAsync(TimeSpan age, CancellationToken cancellationToken) =>
        _loaded is { } loaded && clock.GetElapsedTime(loaded.At) < age ? ValueTask.CompletedTask : LoadAsync(age, cancellationToken);

    private async ValueTask LoadAsync(TimeSpan age, CancellationToken cancellationToken)
    {
        await _loading.WaitAsync(cancellationToken);
        try
        {
            if (_loaded is not { } loaded || clock.GetElapsedTime(loaded.At) >= age)
            {
                var at = clock.GetTimestamp();
                var ring = new KeyRing(await store.LoadAsync(cancellationToken));
                _loaded = new Loaded(ring, new TokenIssuer(ring, options.Value.Lifetimes), at);
            }
        }
        finally
        {
            _loading.Release();
        }
    }

    private sealed record Loaded(KeyRing Ring, TokenIssuer Issuer, long At);
}
