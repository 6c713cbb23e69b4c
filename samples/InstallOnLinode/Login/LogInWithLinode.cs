using InstallOnLinode.Install;
using Latchkey.AspNetCore;
using Latchkey.Linode;
using Latchkey.Protocol;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;

namespace InstallOnLinode.Login;

/// <summary>
/// Sends the visitor to Linode with their order's id in the sealed state, and carries the order out when they come back.
/// </summary>
/// <remarks>
/// The token is used and expired inside the callback, and never put into a session: there is none to be found afterwards,
/// not even when the visitor closes the window or orders in two at once.
/// </remarks>
internal static class LogInWithLinode
{
    private const string OrderKey = "order";

    public static void AddLogInWithLinode(this WebApplicationBuilder builder)
    {
        // The framework asks for a session to sign in to, though nothing here ever does.
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme)
            .AddCookie(o => o.Cookie.Name = "install-on-linode-session")
            .AddLinode(o => { });
        builder.Services.AddOptions<LinodeOptions>(LinodeDefaults.AuthenticationScheme)
            .Configure<IOptions<InstallOnLinodeOptions>>((linode, options) => Configure(linode, options.Value));
        builder.Services.AddSingleton(services => services
            .GetRequiredService<IOptionsMonitor<LinodeOptions>>().Get(LinodeDefaults.AuthenticationScheme).CreateLoginClient());
    }

    public static IResult Challenge(string orderId) => TypedResults.Challenge(
        new AuthenticationProperties { Items = { [OrderKey] = orderId } }, [LinodeDefaults.AuthenticationScheme]);

    private static void Configure(LinodeOptions linode, InstallOnLinodeOptions options)
    {
        linode.ClientId = options.ClientId;
        linode.ClientSecret = options.ClientSecret;
        linode.LoginServer = options.LoginServer;
        linode.Scopes = Installer.Needed;
        linode.CallbackPath = InstallOnLinodeApp.CallbackPath;
        linode.CorrelationCookie.Name = "install-on-linode-login.";
        linode.FetchProfile = false;
        linode.Events.OnTicketReceived = InstallAsync;
        linode.Events.OnAccessDenied = context => EndAsync(context, context.Properties, new Outcome.Denied());
        linode.Events.OnRemoteFailure = context => EndAsync(context, context.Properties, WhatWentWrong(context.Failure));
    }

    private static async Task InstallAsync(TicketReceivedContext context)
    {
        var installer = context.HttpContext.RequestServices.GetRequiredService<Installer>();
        var orders = context.HttpContext.RequestServices.GetRequiredService<Orders>();
        var token = TokenIn(context.Properties!);
        var id = context.Properties!.Items[OrderKey]!;
        if (orders.TryBegin(id, Visitor.NameOf(context.HttpContext), out var order))
        {
            var (outcome, password) = await installer.InstallAsync(order, token);
            orders.Finish(id, outcome, password);
            GoTo(context, InstallEndpoints.PageOf(id));
        }
        else
        {
            await installer.ExpireAsync(token);
            GoTo(context, InstallEndpoints.CancelledPath);
        }
    }

    // Without an order there is nothing to say but that this login is over: used twice, too old, or somebody else's.
    private static Task EndAsync(HandleRequestContext<RemoteAuthenticationOptions> context, AuthenticationProperties? properties, Outcome? outcome)
    {
        var orders = context.HttpContext.RequestServices.GetRequiredService<Orders>();
        if (outcome is not null
            && properties?.Items.TryGetValue(OrderKey, out var id) == true
            && orders.TryBegin(id!, Visitor.NameOf(context.HttpContext), out _))
        {
            orders.Finish(id!, outcome);
            GoTo(context, InstallEndpoints.PageOf(id!));
        }
        else
        {
            GoTo(context, InstallEndpoints.CancelledPath);
        }

        return Task.CompletedTask;
    }

    // What is not the login server's or the network's doing is a callback that belongs to no login of this browser.
    private static Outcome? WhatWentWrong(Exception? failure) => failure switch
    {
        null => null,
        OAuthRefusedException { Refusal.Kind: OAuthRefusalKind.AccessDenied } => new Outcome.Denied(),
        OAuthRefusedException refused => new Outcome.Failed($"Linode's login server refused. {refused.Refusal.Description ?? refused.Refusal.Error}"),
        LinodeOAuthException => new Outcome.Failed("Linode's login server could not be reached, or did not answer as expected."),
        _ => WhatWentWrong(failure.InnerException),
    };

    private static OAuthToken TokenIn(AuthenticationProperties properties) => new(
        new AccessToken(properties.GetTokenValue(OAuthParameters.AccessToken)!),
        ScopeSet.Parse(properties.GetTokenValue(LinodeDefaults.ScopeClaim)),
        DateTimeOffset.MaxValue);

    private static void GoTo<T>(HandleRequestContext<T> context, string path)
        where T : AuthenticationSchemeOptions
    {
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = path;
        context.HandleResponse();
    }
}
