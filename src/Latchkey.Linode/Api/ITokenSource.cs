using Latchkey.Protocol;

namespace Latchkey.Linode;

/// <summary>Where a call gets its token: a fixed one, or a session that refreshes.</summary>
internal interface ITokenSource
{
    ValueTask<Secret> GetAsync(CancellationToken cancellationToken);

    /// <summary>Another token after <paramref name="refused"/> was refused; null when there is no other.</summary>
    ValueTask<Secret?> ReplaceAsync(Secret refused, CancellationToken cancellationToken);
}

internal sealed class FixedToken(Secret token) : ITokenSource
{
    // RFC 6750 §2.1; without saying what it is.
    private readonly Secret _token = token.Reveal().AsSpan().ContainsAnyExceptInRange('!', '~')
        ? throw new ArgumentException("The token holds a character that no token may hold. Was it read with the end of its line?", nameof(token))
        : token;

    public ValueTask<Secret> GetAsync(CancellationToken cancellationToken) => ValueTask.FromResult(_token);

    public ValueTask<Secret?> ReplaceAsync(Secret refused, CancellationToken cancellationToken) => ValueTask.FromResult<Secret?>(null);
}

internal sealed class SessionToken(LinodeSession session) : ITokenSource
{
    public async ValueTask<Secret> GetAsync(CancellationToken cancellationToken) =>
        (await session.GetTokenAsync(cancellationToken)).AccessToken;

    public async ValueTask<Secret?> ReplaceAsync(Secret refused, CancellationToken cancellationToken)
    {
        var current = session.Token;
        return current.RefreshToken is null
            ? null
            : current.AccessToken.Equals(refused)
                ? (await session.RefreshAsync(current, cancellationToken)).AccessToken
                : current.AccessToken;
    }
}
