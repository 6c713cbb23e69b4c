using Latchkey.Core.Tokens;
using Latchkey.Protocol;

namespace Latchkey.LoginServer;

/// <summary>What the operator says about the whole login server. Each feature's own settings stand in its folder.</summary>
public sealed class LoginServerOptions
{
    /// <summary>
    /// The address apps know the server by: <c>https://login.example.com</c>, without a slash at the end. It stands in
    /// <c>iss</c>, in metadata and in every link; the request's own Host header never does (RFC 8414 §2, RFC 9207 §2).
    /// </summary>
    public string Issuer { get; set; } = "";

    /// <summary>What people are told they log in to.</summary>
    public string ProductName { get; set; } = "Latchkey";

    /// <summary>The families of scopes that apps may ask for.</summary>
    public ScopeCatalogue Scopes { get; set; } = ScopeCatalogue.Linode;

    /// <summary>How long codes, tokens and grants live.</summary>
    public TokenLifetimes Lifetimes { get; set; } = new();

    /// <summary>
    /// Answer a missing scope at <c>/v4</c> with 401 as Linode does, instead of RFC 6750's 403. Linode's Cloud Manager logs
    /// its user out on every 401.
    /// </summary>
    public bool AnswerMissingScopeAsLinode { get; set; }

    /// <summary>How many calls a minute one user may make at <c>/v4</c>, with whatever tokens; as many come from one address without a token.</summary>
    public int ApiCallsPerMinute { get; set; } = 60_000;

    /// <summary>True when cookies can be, and therefore are, limited to TLS.</summary>
    internal bool IsHttps => Issuer.StartsWith("https://", StringComparison.Ordinal);

    /// <summary>Null when the options are usable, otherwise what to change.</summary>
    public string? Problem()
    {
        if (!Uri.TryCreate(Issuer, UriKind.Absolute, out var issuer)
            || (issuer.Scheme != Uri.UriSchemeHttps && !(issuer.Scheme == Uri.UriSchemeHttp && issuer.IsLoopback))
            // Compared letter by letter, also where it decides whether cookies are limited to TLS: it stands as it is written.
            || !Issuer.StartsWith(issuer.Scheme + "://", StringComparison.Ordinal) || Issuer.Any(char.IsWhiteSpace)
            || Issuer.EndsWith('/') || issuer.AbsolutePath != "/" || issuer.Query.Length > 0 || issuer.Fragment.Length > 0 || issuer.UserInfo.Length > 0)
        {
            return "The issuer is an https address (or http on loopback) without a slash, path, query or fragment behind it, such as https://login.example.com.";
        }

        return ApiCallsPerMinute < 1 ? "ApiCallsPerMinute is 1 or more." : Lifetimes.Problem();
    }
}
