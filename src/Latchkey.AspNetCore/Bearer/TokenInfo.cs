using Latchkey.Protocol;
using Microsoft.AspNetCore.Http;

namespace Latchkey.AspNetCore;

/// <summary>
/// What the login server says about the token of this request: <c>httpContext.GetTokenInfo()</c>, or an endpoint's parameter.
/// </summary>
/// <remarks>RFC 7662 §2.2. The token itself is not part of it.</remarks>
/// <param name="Subject">The person, for ever the same; null for a token without one.</param>
/// <param name="Username">The name the person logs in with now.</param>
/// <param name="ClientId">The app the token was given to; null for a personal access token.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="ExpiresAt">When it ends, in UTC; null when it does not.</param>
public sealed record TokenInfo(string? Subject, string? Username, string? ClientId, ScopeSet Scopes, DateTimeOffset? ExpiresAt)
{
    /// <summary>Lets an endpoint take a <see cref="TokenInfo"/> as a parameter; null when the request has no good token.</summary>
    public static ValueTask<TokenInfo?> BindAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return ValueTask.FromResult(context.Features.Get<TokenInfo>());
    }
}
