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
            ((IEndpointConventionBuilder)api).Add(AnswerHeadToo);
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

    // HEAD is GET without the body: one endpoint, so that it cannot ask for less.
    private static void AnswerHeadToo(EndpointBuilder endpoint)
    {
        if (endpoint.Metadata.OfType<HttpMethodMetadata>().FirstOrDefault(m => m.HttpMethods.SequenceEqual([HttpMethods.Get])) is { } get)
        {
            endpoint.Metadata.Remove(get);
            endpoint.Metadata.Add(new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head]));
        }
    }

    private static int StatusOfMissingScope(HttpContext context) =>
        context.RequestServices.GetRequiredService<IOptions<LoginServerOptions>>().Value.AnswerMissingScopeAsLinode
            ? StatusCodes.Status401Unauthorized
            : StatusCodes.Status403Forbidden;
}
