using Latchkey.Protocol;

namespace Latchkey.Linode;

/// <summary>What a person's consent gave the app.</summary>
/// <remarks>
/// RFC 6749 §5.1. Neither token prints; <see cref="Secret.Reveal"/> gives the text to those who store it, on the server and
/// never in a URL, a log or a page.
/// </remarks>
public sealed class OAuthToken
{
    /// <summary>Puts a token together again from where it was stored.</summary>
    /// <param name="accessToken">What is sent with each call.</param>
    /// <param name="scopes">What was granted.</param>
    /// <param name="expiresAt">When the access token ends; the default where that is not known.</param>
    /// <param name="refreshToken">What buys the next access token; null when the server gave none.</param>
    public OAuthToken(AccessToken accessToken, ScopeSet scopes, DateTimeOffset expiresAt, RefreshToken? refreshToken = null)
    {
        ArgumentNullException.ThrowIfNull(accessToken);
        AccessToken = accessToken;
        Scopes = scopes;
        ExpiresAt = expiresAt.ToUniversalTime();
        RefreshToken = refreshToken;
    }

    /// <summary>What is sent with each call; give it to <see cref="LinodeClient"/>.</summary>
    public AccessToken AccessToken { get; }

    /// <summary>What was granted, which may be less than was asked for.</summary>
    public ScopeSet Scopes { get; }

    /// <summary>When the access token ends, in UTC.</summary>
    public DateTimeOffset ExpiresAt { get; }

    /// <summary>
    /// What buys the next token, once: keep the one that comes back with it. Null when the server gave none; the person then
    /// has to log in again when the access token ends.
    /// </summary>
    public RefreshToken? RefreshToken { get; }

    /// <summary>Scopes and expiry, never a token.</summary>
    public override string ToString() => $"OAuthToken(redacted, scopes \"{Scopes}\", until {ExpiresAt:yyyy-MM-ddTHH:mm:ssZ})";
}
