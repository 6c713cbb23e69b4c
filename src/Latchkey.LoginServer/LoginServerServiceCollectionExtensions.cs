using Latchkey.LoginServer.Account;
using Latchkey.LoginServer.Accounts;
using Latchkey.LoginServer.Authorization;
using Latchkey.LoginServer.Consent;
using Latchkey.LoginServer.Grants;
using Latchkey.LoginServer.Health;
using Latchkey.LoginServer.Security;
using Latchkey.LoginServer.Telemetry;
using Latchkey.LoginServer.Tokens;
using Latchkey.Storage;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Latchkey.LoginServer;

public static class LoginServerServiceCollectionExtensions
{
    /// <summary>Everything the login server needs. Call <see cref="Database.PrepareAsync"/> before the first request.</summary>
    public static IServiceCollection AddLatchkeyLoginServer(
        this IServiceCollection services, Action<LoginServerOptions> configure, Action<StorageOptions> storage)
    {
        services.AddLatchkeyStorage(storage);
        services.AddOptions<LoginServerOptions>().Configure(configure);
        services.AddAccounts();
        services.AddAccountPages();
        services.AddConsent();
        services.AddForms();
        services.AddTokens();
        services.AddGrantSweeper();
        services.AddRazorComponents();
        services.AddRouting();
        services.AddSingleton<LoginServerTelemetry>();
        services.AddSingleton<Readiness>();
        QuietLogs.Add(services);
        return services;
    }

    private static void AddAccounts(this IServiceCollection services)
    {
        services.AddOptions<LoginSessionOptions>();
        services.AddOptions<LoginThrottleOptions>();
        services.AddSingleton<LoginThrottle>();
        services.AddSingleton<KnownBrowsers>();
        services.AddSingleton<DecoyHash>();
        services.AddSingleton<SessionTickets>();
        services.AddSingleton<LoginSessions>();
        services.AddScoped<PasswordCheck>();
        services.AddScoped<LoginEndpoint>();
        services.AddAuthentication(LoginSession.Scheme).AddCookie(LoginSession.Scheme);
        services.AddOptions<CookieAuthenticationOptions>(LoginSession.Scheme)
            .Configure<SessionTickets, IOptions<LoginServerOptions>, IOptions<LoginSessionOptions>>((cookie, tickets, server, sessions) =>
            {
                cookie.SessionStore = tickets;
                cookie.TicketDataFormat = new SessionCookie();
                cookie.SlidingExpiration = false;
                cookie.ExpireTimeSpan = sessions.Value.Absolute;
                Restrict(cookie.Cookie, CookieNames.Login(server.Value), server.Value);
            });
    }

    private static void AddConsent(this IServiceCollection services)
    {
        services.AddSingleton<RequestReading>();
        services.AddSingleton<CodeIssuing>();
        services.AddSingleton<ConsentTickets>();
        services.AddSingleton<ConsentQuestion>();
        services.AddSingleton<ConsentEndpoint>();
        services.AddSingleton<AuthorizeEndpoint>();
    }

    private static void AddGrantSweeper(this IServiceCollection services)
    {
        services.AddOptions<GrantSweepOptions>();
        services.AddHostedService<GrantSweeper>();
    }

    private static void AddForms(this IServiceCollection services)
    {
        services.AddAntiforgery();
        services.AddOptions<AntiforgeryOptions>().Configure<IOptions<LoginServerOptions>>((forms, server) =>
        {
            // The header is set with all the others, and stricter.
            forms.SuppressXFrameOptionsHeader = true;
            Restrict(forms.Cookie, CookieNames.Antiforgery(server.Value), server.Value);
        });
        services.AddSingleton<IAntiforgeryAdditionalDataProvider, SessionBoundForms>();
        services.Configure<FormOptions>(form =>
        {
            form.ValueCountLimit = 256;
            form.KeyLengthLimit = 256;
        });
    }

    // Lax and not Strict: coming from an app, the browser has to bring its login along.
    private static void Restrict(CookieBuilder cookie, string name, LoginServerOptions server)
    {
        cookie.Name = name;
        cookie.HttpOnly = true;
        cookie.Path = "/";
        cookie.SameSite = SameSiteMode.Lax;
        cookie.SecurePolicy = server.IsHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.None;
    }
}
