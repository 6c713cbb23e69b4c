using Latchkey.Protocol;
using Microsoft.AspNetCore.Authorization;

namespace Latchkey.AspNetCore;

/// <summary>What <c>RequireScope</c> puts on an endpoint, both as metadata and in its policy.</summary>
public sealed class ScopeRequirement : IAuthorizationRequirement
{
    internal ScopeRequirement(ScopeSet scopes, bool any)
    {
        Scopes = scopes;
        Any = any;
    }

    /// <summary>The scopes.</summary>
    public ScopeSet Scopes { get; }

    /// <summary>True when one of them is enough, false when all are needed.</summary>
    public bool Any { get; }

    /// <summary>True when a token with these scopes is let through.</summary>
    public bool IsMetBy(ScopeSet granted) => Any ? Scopes.Any(s => granted.Covers(s)) : granted.Covers(Scopes);

    /// <summary>The scopes, as a person reads them in a log.</summary>
    public override string ToString() => $"RequireScope({(Any ? "any of " : "")}{Scopes})";
}
