using Latchkey.LoginServer.Api;
using Latchkey.LoginServer.Metadata;
using Latchkey.Protocol;
using Microsoft.AspNetCore.Mvc;

namespace Latchkey.LoginServer.Tokens;

/// <summary>The back channel: what apps and APIs call, without a browser and without a cookie.</summary>
internal static class TokenEndpoints
{
    // A token request is a few hundred bytes; whatever is larger is not one.
    private const int MaxBody = 64 * 1024;

    public static void AddTokens(this IServiceCollection services)
    {
        services.AddSingleton<TokenSeals>();
        services.AddSingleton<CodeRedemption>();
        services.AddSingleton<TokenRefresh>();
        services.AddSingleton<ApiToken>();
    }

    public static void MapTokens(this IEndpointRouteBuilder endpoints)
    {
        var limit = new RequestSizeLimitAttribute(MaxBody);
        endpoints.MapPost(OAuthPaths.Token, TokenEndpoint.HandleAsync).WithMetadata(limit);
        endpoints.MapPost(OAuthPaths.Revoke, RevocationEndpoint.HandleAsync).WithMetadata(limit);

        // An API passes on whatever a stranger called a token, and is told that it is none (RFC 7662 §2.2).
        endpoints.MapPost(OAuthPaths.Introspect, IntrospectionEndpoint.HandleAsync);
        endpoints.MapGet(OAuthPaths.Metadata, MetadataEndpoint.HandleAsync);
    }
}
