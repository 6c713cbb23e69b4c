using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Latchkey.Bench.OpenIddict;

/// <summary>Both settings: what they share, then what makes the fast one fast.</summary>
internal static class Peer
{
    public static void AddPeer(this IServiceCollection services, string directory, bool fast)
    {
        services.AddDataProtection().SetApplicationName("bench").PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(directory, "keys")));
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(cookie => cookie.LoginPath = "/login");
        services.AddStore(Path.Combine(directory, "openiddict.db"), fast);
        services.AddOpenIddict()
            .AddCore(core => core.UseEntityFrameworkCore().UseDbContext<Store>())
            .AddServer(server =>
            {
                server.SetAuthorizationEndpointUris("oauth/authorize")
                    .SetTokenEndpointUris("oauth/token")
                    .SetIntrospectionEndpointUris("oauth/introspect")
                    .SetRevocationEndpointUris("oauth/revoke")
                    .AllowAuthorizationCodeFlow()
                    .AllowRefreshTokenFlow()
                    .RequireProofKeyForCodeExchange()
                    .RegisterScopes("linodes:read_write", "stackscripts:read_only");
                server.AddSigningCertificate(Certificates.Get(directory, "signing"))
                    .AddEncryptionCertificate(Certificates.Get(directory, "encryption"));
                var host = server.UseAspNetCore().EnableAuthorizationEndpointPassthrough().DisableTransportSecurityRequirement();
                if (fast)
                {
                    host.SuppressJsonResponseIndentation();
                    MakeFast(server);
                }
            });
    }

    // Tokens stay in the database: without them nothing could be revoked. What goes is what guards less: the row that ties the
    // tokens of one consent together, lists of permissions, RSA.
    private static void MakeFast(OpenIddictServerBuilder server)
    {
        server.UseDataProtection();
        server.DisableAuthorizationStorage()
            .DisableScopeValidation()
            .IgnoreEndpointPermissions()
            .IgnoreGrantTypePermissions()
            .IgnoreResponseTypePermissions()
            .IgnoreScopePermissions();
    }

    // Entity Framework makes the database with a write-ahead log, and SQLite syncs each commit: as durable as the others.
    private static void AddStore(this IServiceCollection services, string path, bool fast)
    {
        if (fast)
        {
            services.AddDbContextPool<Store>(options => options
                .UseSqlite($"Data Source={path}")
                .UseOpenIddict()
                .EnableThreadSafetyChecks(false)
                .AddInterceptors(new FinerWaiting()));
        }
        else
        {
            services.AddDbContext<Store>(options => options.UseSqlite($"Data Source={path}").UseOpenIddict());
        }
    }
}
