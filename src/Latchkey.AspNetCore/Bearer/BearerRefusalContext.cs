using Latchkey.Protocol;
using Microsoft.AspNetCore.Http;

namespace Latchkey.AspNetCore;

/// <summary>A request that is about to be refused.</summary>
public sealed class BearerRefusalContext
{
    internal BearerRefusalContext(HttpContext httpContext, int status, OAuthError? error, ScopeSet neededScopes)
    {
        HttpContext = httpContext;
        Status = status;
        Error = error;
        NeededScopes = neededScopes;
    }

    /// <summary>The request.</summary>
    public HttpContext HttpContext { get; }

    /// <summary>The status it gets.</summary>
    public int Status { get; }

    /// <summary>Why; null when there was no token at all (RFC 6750 §3.1 gives no error then).</summary>
    public OAuthError? Error { get; }

    /// <summary>What the endpoint needs.</summary>
    public ScopeSet NeededScopes { get; }

    /// <summary>Set when the answer is written.</summary>
    public bool Handled { get; set; }
}
