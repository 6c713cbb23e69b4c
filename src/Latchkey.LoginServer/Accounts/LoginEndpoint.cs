using System.Diagnostics;
using Latchkey.LoginServer.Authorization;
using Latchkey.LoginServer.Pages;
using Latchkey.LoginServer.Security;
using Microsoft.Extensions.Options;

namespace Latchkey.LoginServer.Accounts;

/// <summary>The login page and what its form does.</summary>
internal sealed class LoginEndpoint(
    PasswordCheck passwords,
    LoginSessions sessions,
    LoginThrottle throttle,
    KnownBrowsers browsers,
    RequestReading requests,
    IOptions<LoginThrottleOptions> options)
{
    public const string ReturnUrl = "return_url";

    /// <summary>Set where a form came without its session: the page says that nothing was done.</summary>
    public const string Undone = "undone";

    public Task<IResult> ShowAsync(HttpContext context) =>
        PageAsync(context, LocalUrl.OrHome(context.Request.Query[ReturnUrl]), failed: false);

    public async Task<IResult> LogInAsync(HttpContext context)
    {
        var start = Stopwatch.GetTimestamp();
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var returnUrl = LocalUrl.OrHome(form[ReturnUrl]);
        string username = form["username"].ToString(), password = form["password"].ToString();

        // Before any work is spent on it, and the same for every account.
        if (password.Length > options.Value.MaxPasswordLength || username.Length > 256 || form["password"].Count > 1)
        {
            return Page.Error("That did not work", "A username or password cannot be that long.", "Go back and try again.");
        }

        // PostgreSQL keeps no such character, and would fail where SQLite knows nobody of that name.
        if (username.Contains('\0', StringComparison.Ordinal))
        {
            return Page.Error("That did not work", "A username cannot hold that character.", "Go back and try again.");
        }

        using var turn = await throttle.TakeTurnAsync(context.RequestAborted);
        if (!turn.IsAcquired)
        {
            return LoginThrottle.Busy(context);
        }

        if (await throttle.WaitAsync(context, context.RequestAborted) is var wait && wait > TimeSpan.Zero)
        {
            return LoginThrottle.ComeBack(context, wait);
        }

        var user = await passwords.CheckAsync(context, username, password, context.RequestAborted);
        if (user is null)
        {
            turn.Dispose();
            await WaitUntilAsync(start + (long)(options.Value.FailureTime.TotalSeconds * Stopwatch.Frequency), context.RequestAborted);
            return await PageAsync(context, returnUrl, failed: true);
        }

        try
        {
            await sessions.BeginAsync(context, user);
        }
        catch (UserEndedException)
        {
            return await PageAsync(context, returnUrl, failed: true);
        }

        browsers.Remember(context, user.Id);
        return new SeeOther(LoginReturn.AfterLogin(returnUrl));
    }

    private static async Task WaitUntilAsync(long timestamp, CancellationToken cancellationToken)
    {
        var left = TimeSpan.FromSeconds((timestamp - Stopwatch.GetTimestamp()) / (double)Stopwatch.Frequency);
        if (left > TimeSpan.Zero)
        {
            await Task.Delay(left, cancellationToken);
        }
    }

    private async Task<IResult> PageAsync(HttpContext context, string returnUrl, bool failed)
    {
        string? app = null;
        if (LoginReturn.RequestIn(returnUrl) is { } request
            && await requests.IdentifyAsync(request.Parameters, context.RequestAborted) is { } identified)
        {
            app = identified.Client.Label;
            SecurityHeaders.AllowFormsToReach(context, identified.RedirectUri);
        }

        return Page.Of<LoginPage>(
            (nameof(LoginPage.ReturnUrl), returnUrl),
            (nameof(LoginPage.AppLabel), app),
            (nameof(LoginPage.CurrentUsername), LoginSession.Of(context.User)?.Username),
            (nameof(LoginPage.Undone), context.Request.Query[Undone] == "true"),
            (nameof(LoginPage.Failed), failed));
    }
}
