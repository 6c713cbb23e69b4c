using Latchkey.AspNetCore;
using Latchkey.Protocol;
using Microsoft.AspNetCore.Authorization;

namespace Microsoft.AspNetCore.Builder;

/// <summary>One line to protect an endpoint.</summary>
public static class RequireScopeExtensions
{
    /// <summary>
    /// Lets only tokens through that cover all these scopes: <c>.RequireScope("linodes:read_write")</c>. Without a good
    /// token the answer is 401, with one that lacks a scope 403 (RFC 6750 §3.1).
    /// </summary>
    /// <remarks>
    /// The token is looked at by the default scheme. In an app whose default is another (a cookie, say) nobody looks at it, and
    /// the answer is that scheme's, a redirect to its login page; name the bearer's on the endpoint or its group as well:
    /// <c>.RequireAuthorization(new AuthorizeAttribute { AuthenticationSchemes = LatchkeyBearerDefaults.AuthenticationScheme })</c>.
    /// </remarks>
    /// <param name="builder">The endpoint or group of endpoints.</param>
    /// <param name="scopes">The scopes, one or several in each text.</param>
    /// <exception cref="FormatException">A text holds what is no scope.</exception>
    public static TBuilder RequireScope<TBuilder>(this TBuilder builder, params string[] scopes)
        where TBuilder : IEndpointConventionBuilder => builder.Require(Read(scopes), any: false);

    /// <summary>Lets only tokens through that cover all these scopes.</summary>
    /// <inheritdoc cref="RequireScope{TBuilder}(TBuilder, string[])" path="/remarks|/param"/>
    public static TBuilder RequireScope<TBuilder>(this TBuilder builder, ScopeSet scopes)
        where TBuilder : IEndpointConventionBuilder => builder.Require(scopes, any: false);

    /// <summary>Lets tokens through that cover one of these scopes.</summary>
    /// <inheritdoc cref="RequireScope{TBuilder}(TBuilder, string[])" path="/remarks|/param|/exception"/>
    public static TBuilder RequireAnyScope<TBuilder>(this TBuilder builder, params string[] scopes)
        where TBuilder : IEndpointConventionBuilder => builder.Require(Read(scopes), any: true);

    private static ScopeSet Read(string[] scopes)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        return ScopeSet.Parse(string.Join(' ', scopes));
    }

    private static TBuilder Require<TBuilder>(this TBuilder builder, ScopeSet scopes, bool any)
        where TBuilder : IEndpointConventionBuilder
    {
        if (scopes.IsEmpty)
        {
            throw new ArgumentException("Name a scope; RequireAuthorization() is for any good token.", nameof(scopes));
        }

        var requirement = new ScopeRequirement(scopes, any);
        var policy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().AddRequirements(requirement).Build();
        return builder.WithMetadata(requirement).RequireAuthorization(policy);
    }
}
