using Latchkey.Protocol;
using Microsoft.AspNetCore.Http;

namespace Latchkey.CloudApi.Authentication;

/// <summary>Who calls, as far as introspection says: all this API ever learns about a user (RFC 7662 §2.2).</summary>
internal sealed record Caller(string Subject, string Username, ScopeSet Scopes)
{
    /// <summary>The caller of a route that asks for a scope.</summary>
    public static Caller Of(HttpContext context) =>
        Find(context) ?? throw new InvalidOperationException("A route that asks for no scope has no caller.");

    /// <summary>The caller, or null when the request carries no living token of a user.</summary>
    public static Caller? Find(HttpContext context) =>
        context.GetTokenInfo() is { Subject: { Length: > 0 } subject } token
            ? new Caller(subject, token.Username ?? subject, token.Scopes)
            : null;
}
