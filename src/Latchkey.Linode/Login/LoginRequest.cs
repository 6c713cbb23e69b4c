using Latchkey.Protocol;

namespace Latchkey.Linode;

/// <summary>
/// One login under way: where to send the browser, and what has to be at hand when it comes back. Keep it in the person's
/// session on the server, one for each login, so that two tabs do not disturb each other.
/// </summary>
/// <remarks>RFC 6749 §4.1.1, RFC 7636 §4, RFC 9700 §2.1. It does not print: state and verifier are worth stealing.</remarks>
public sealed class LoginRequest
{
    /// <summary>Puts a request together again from where it was stored.</summary>
    /// <param name="url">Where the browser was sent.</param>
    /// <param name="state">The state it carries.</param>
    /// <param name="codeVerifier">The secret whose hash it carries.</param>
    /// <param name="scopes">What was asked for.</param>
    /// <param name="redirectUri">Where the browser comes back to; null when the one registered was meant.</param>
    public LoginRequest(Uri url, string state, CodeVerifier codeVerifier, ScopeSet scopes, Uri? redirectUri = null)
    {
        ArgumentNullException.ThrowIfNull(url);
        ArgumentException.ThrowIfNullOrEmpty(state);
        ArgumentNullException.ThrowIfNull(codeVerifier);
        Url = url;
        State = state;
        CodeVerifier = codeVerifier;
        Scopes = scopes;
        RedirectUri = redirectUri;
    }

    /// <summary>Where to send the browser.</summary>
    public Uri Url { get; }

    /// <summary>What the callback has to bring back, to show that it belongs to this login.</summary>
    public string State { get; }

    /// <summary>The secret that shows, when the code is redeemed, that this app is the one that sent the browser.</summary>
    public CodeVerifier CodeVerifier { get; }

    /// <summary>What was asked for.</summary>
    public ScopeSet Scopes { get; }

    /// <summary>Where the browser comes back to; null when the one registered is meant.</summary>
    public Uri? RedirectUri { get; }

    /// <summary>What was asked for, never state, verifier or address.</summary>
    public override string ToString() => $"LoginRequest(redacted, scopes \"{Scopes}\")";
}
