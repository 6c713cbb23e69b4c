using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Latchkey.Bench.OpenIddict;

/// <summary>The app and the API, registered once. Their secrets are the bench's own and guard nothing.</summary>
internal static class Clients
{
    public const string ApiId = "bench-api";
    private const string AppId = "bench-app";
    private const string RedirectUri = "http://127.0.0.1:9/callback";
    private static readonly string AppSecret = new('5', 64);
    private static readonly string ApiSecret = new('6', 64);

    public static async Task CreateAsync(IServiceProvider services, bool fast)
    {
        await using var scope = services.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<Store>();
        if (!await store.Database.EnsureCreatedAsync())
        {
            return;
        }

        var applications = scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>();
        await applications.CreateAsync(new OpenIddictApplicationDescriptor
        {
            ClientId = AppId,
            ClientSecret = fast ? null : AppSecret,
            ClientType = fast ? ClientTypes.Public : ClientTypes.Confidential,
            ConsentType = ConsentTypes.Explicit,
            RedirectUris = { new Uri(RedirectUri) },
            Permissions =
            {
                Permissions.Endpoints.Authorization,
                Permissions.Endpoints.Token,
                Permissions.Endpoints.Revocation,
                Permissions.GrantTypes.AuthorizationCode,
                Permissions.GrantTypes.RefreshToken,
                Permissions.ResponseTypes.Code,
                Permissions.Prefixes.Scope + "linodes:read_write",
                Permissions.Prefixes.Scope + "stackscripts:read_only",
            },
            Requirements = { Requirements.Features.ProofKeyForCodeExchange },
        });
        await applications.CreateAsync(new OpenIddictApplicationDescriptor
        {
            ClientId = ApiId,
            ClientSecret = fast ? null : ApiSecret,
            ClientType = fast ? ClientTypes.Public : ClientTypes.Confidential,
            Permissions = { Permissions.Endpoints.Introspection },
        });
    }
}
