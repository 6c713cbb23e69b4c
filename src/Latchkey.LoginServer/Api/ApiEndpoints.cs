using Latchkey.LoginServer.Api.Accounts;
using Latchkey.LoginServer.Api.Apps;
using Latchkey.LoginServer.Api.Devices;
using Latchkey.LoginServer.Api.Events;
using Latchkey.LoginServer.Api.Logins;
using Latchkey.LoginServer.Api.Notices;
using Latchkey.LoginServer.Api.OAuthClients;
using Latchkey.LoginServer.Api.Preferences;
using Latchkey.LoginServer.Api.Profiles;
using Latchkey.LoginServer.Api.SshKeys;
using Latchkey.LoginServer.Api.Tokens;
using Latchkey.LoginServer.Api.Users;
using Latchkey.Protocol;

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
            api.MapProfile();
            api.MapPreferences();
            api.MapSshKeys();
            api.MapDevices();
            api.MapLogins();
            api.MapPersonalTokens();
            api.MapApps();
            api.MapOAuthClients();
            api.MapAccount();
            api.MapUsers();
            api.MapEvents();
            api.MapNotices();
            api.Map("/{**path}", (HttpContext context) => ApiJson.NotFound(context));
        }
    }

    /// <summary>Says that no token is asked for here.</summary>
    public static void Public(this RouteHandlerBuilder endpoint) => endpoint.AddEndpointFilter((invocation, next) =>
    {
        invocation.HttpContext.Response.Headers["X-Accepted-OAuth-Scopes"] = "*";
        invocation.HttpContext.Response.Headers["X-OAuth-Scopes"] = "unknown";
        return next(invocation);
    });

    /// <summary>Lets a call through with a living token that covers <paramref name="needed"/>; any living token for the empty set.</summary>
    public static void Needs(this RouteHandlerBuilder endpoint, ScopeSet needed) => endpoint.AddEndpointFilter(async (invocation, next) =>
    {
        var context = invocation.HttpContext;
        var accepted = needed.IsEmpty ? "*" : needed.ToString();
        var (caller, refusal) = await context.RequestServices.GetRequiredService<ApiToken>()
            .AuthenticateAsync(context.Request, context.RequestAborted);
        context.Response.Headers["X-Accepted-OAuth-Scopes"] = accepted.Replace(' ', ',');
        context.Response.Headers["X-OAuth-Scopes"] = caller?.Scopes.ToString() ?? "unknown";
        if (caller is null)
        {
            return ApiJson.Refuse(context, refusal!);
        }

        if (!caller.Scopes.Covers(needed))
        {
            return ApiJson.Refuse(context, ApiRefusal.MissingScope(accepted));
        }

        context.Features.Set(caller);
        return await next(invocation);
    });
}
