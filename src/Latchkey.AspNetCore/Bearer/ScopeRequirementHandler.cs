using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace Latchkey.AspNetCore;

/// <summary>
/// Holds an endpoint to its scopes. It looks at what introspection said of this request's token and not at claims, since
/// a cookie of <c>AddLinode</c> carries a scope claim too, and a browser sends cookies unasked.
/// </summary>
internal sealed class ScopeRequirementHandler : AuthorizationHandler<ScopeRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ScopeRequirement requirement)
    {
        if (context.Resource is HttpContext http && http.Features.Get<TokenInfo>() is { } token && requirement.IsMetBy(token.Scopes))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
