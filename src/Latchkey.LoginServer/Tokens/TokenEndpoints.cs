using Latchkey.LoginServer.Api;
using Latchkey.LoginServer.Api.Events;
using Latchkey.LoginServer.Api.OAuthClients;
using Latchkey.LoginServer.Clients;
using Latchkey.LoginServer.Metadata;
using Latchkey.LoginServer.PersonalTokens;
using Latchkey.LoginServer.Telemetry;
using Latchkey.Protocol;
using Latchkey.Storage.Clients;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Latchkey.LoginServer.Tokens;

/// <summary>The back channel: what apps and APIs call, without a browser and without a cookie.</summary>
internal static class TokenEndpoints
{
    // A token request is a few hundred bytes; whatever is larger is not one.
    private const int MaxBody = 64 * 1024;

    /// <summary>What Linode's Python library called it until the end of 2023.</summary>
    private const string OldRevoke = "/oauth/token/expire";

    public static void AddTokens(this IServiceCollection services)
    {
        services.AddOptions<ClientThrottleOptions>();
        services.AddSingleton<ClientThrottle>();
        services.AddSingleton<TokenSeals>();
        services.AddSingleton<CodeRedemption>();
        services.AddSingleton<TokenRefresh>();
        services.AddSingleton<TokenEndpoint>();
        services.AddSingleton<RevocationEndpoint>();
        services.AddSingleton<IntrospectionEndpoint>();
        services.AddSingleton<ApiToken>();
        services.AddSingleton<OwnClients>();
        services.AddSingleton<OwnEvents>();
        services.TryAddSingleton<PersonalTokenIssuing>();
    }

    public static void MapTokens(this IEndpointRouteBuilder endpoints)
    {
        var limit = new RequestSizeLimitAttribute(MaxBody);
        var services = endpoints.ServiceProvider;
        var telemetry = services.GetRequiredService<LoginServerTelemetry>();
        MapForBrowsersToo(OAuthPaths.Token, LoginServerTelemetry.Token, services.GetRequiredService<TokenEndpoint>().HandleAsync).WithMetadata(limit);
        foreach (var path in (string[])[OAuthPaths.Revoke, OldRevoke])
        {
            MapForBrowsersToo(path, LoginServerTelemetry.Revoke, services.GetRequiredService<RevocationEndpoint>().HandleAsync).WithMetadata(limit);
        }

        // An API passes on whatever a stranger called a token, and is told that it is none (RFC 7662 §2.2).
        Map(OAuthPaths.Introspect, services.GetRequiredService<IntrospectionEndpoint>().HandleAsync);
        endpoints.MapMethods(OAuthPaths.Metadata, [HttpMethods.Get, HttpMethods.Head], MetadataEndpoint.HandleAsync).ShortCircuit();

        // These calls are the server's daily load and need neither a cookie's login nor services of one request's own:
        // looking for both would cost as much as the work itself.
        IEndpointConventionBuilder Map(string path, Func<HttpContext, Task<IResult>> handle) =>
            endpoints.MapPost(path, async context =>
            {
                var result = await handle(context);
                telemetry.RefusedIf(result, LoginServerTelemetry.Introspect);
                await result.ExecuteAsync(context);
            }).ShortCircuit();

        // Preflights are matched beside POST and not as a method of their own: a GET is still told that POST is all there is.
        IEndpointConventionBuilder MapForBrowsersToo(string path, string endpoint, Func<HttpContext, Task<IResult>> handle)
        {
            var clients = services.GetRequiredService<ClientStore>();
            return endpoints.Map(path, async context =>
            {
                if (HttpMethods.IsOptions(context.Request.Method))
                {
                    await CrossOrigin.PreflightAsync(context, clients);
                    return;
                }

                var result = await handle(context);
                telemetry.RefusedIf(result, endpoint);
                CrossOrigin.Answer(context);
                await result.ExecuteAsync(context);
            }).WithMetadata(new HttpMethodMetadata([HttpMethods.Post], acceptCorsPreflight: true)).ShortCircuit();
        }
    }
}
