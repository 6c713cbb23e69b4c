using Latchkey.LoginServer.Api.Apps;
using Latchkey.LoginServer.Api.OAuthClients;
using Latchkey.LoginServer.Api.Tokens;
using Latchkey.Protocol;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Latchkey.LoginServer.Api;

/// <summary>Routes of the account and profile API, under <c>/v4</c> and <c>/v4beta</c> alike, each with the scope it needs.</summary>
internal static class ApiEndpoints
{
    public static readonly ScopeSet AnyToken = ScopeSet.Empty;
    public static readonly ScopeSet Read = Scope.Of("account", ScopeLevel.ReadOnly);
    public static readonly ScopeSet Write = Scope.Of("account", ScopeLevel.ReadWrite);

    public static void MapAccountApi(this IEndpointRouteBuilder endpoints)
    {
        foreach (var version in (string[])["/v4", "/v4beta"])
        {
            var api = endpoints.MapGroup(version);
            api.MapGet("/profile", ProfileEndpoint.GetAsync).Needs(AnyToken);
            api.MapPersonalTokens();
            api.MapApps();
            api.MapOAuthClients();
        }
    }

    /// <summary>Says that no token is asked for here.</summary>
    public static void Public(this RouteHandlerBuilder endpoint) => endpoint.AllowAnonymous();

    /// <summary>Lets a call through with a living token that covers <paramref name="needed"/>; any living token for the empty set.</summary>
    public static void Needs(this RouteHandlerBuilder endpoint, ScopeSet needed) => endpoint.AddEndpointFilter(async (invocation, next) =>
    {
        var context = invocation.HttpContext;
        var accepted = needed.IsEmpty ? "*" : needed.ToString();
        var (caller, refusal) = context.Features.GetRequiredFeature<IdentifiedCaller>();
        context.Response.Headers[ApiHeaders.AcceptedScopes] = accepted.Replace(' ', ',');
        if (caller is null)
        {
            return ApiJson.Refuse(context, refusal!);
        }

        if (!caller.Scopes.Covers(needed))
        {
            return ApiJson.Refuse(context, ApiRefusal.MissingScope(accepted, StatusOfMissingScope(context)));
        }

        context.Features.Set(caller);
        return await next(invocation);
    });

    private static int StatusOfMissingScope(HttpContext context) =>
        context.RequestServices.GetRequiredService<IOptions<LoginServerOptions>>().Value.AnswerMissingScopeAsLinode
            ? StatusCodes.Status401Unauthorized
            : StatusCodes.Status403Forbidden;
}
