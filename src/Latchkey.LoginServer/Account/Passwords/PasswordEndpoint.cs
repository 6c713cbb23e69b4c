using Latchkey.LoginServer.Accounts;
using Latchkey.LoginServer.Pages;
using Latchkey.Storage.Accounts;
using Microsoft.Extensions.Options;

namespace Latchkey.LoginServer.Account.Passwords;

/// <summary>
/// Changes the password of whoever knows the old one; a session alone is not enough, and guesses count as failed logins do.
/// Every session ends, and this browser gets a new one (OWASP ASVS V7.2.4, V7.4.3).
/// </summary>
internal sealed class PasswordEndpoint(
    PasswordCheck passwords,
    LoginThrottle throttle,
    AccountStore accounts,
    LoginSessions sessions,
    IOptions<LoginThrottleOptions> options)
{
    public const string CurrentField = "current_password";
    public const string NewField = "new_password";
    public const string AgainField = "new_password_again";

    public static IResult Show(HttpContext context) => FormPage(context, StatusCodes.Status200OK);

    public async Task<IResult> ChangeAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        string current = form[CurrentField].ToString(), wanted = form[NewField].ToString();
        if (wanted != form[AgainField])
        {
            return Refuse(context, "The new password was not the same both times.");
        }

        // Before any work is spent on it.
        if (current.Length > options.Value.MaxPasswordLength || wanted.Length > options.Value.MaxPasswordLength)
        {
            return Refuse(context, "A password cannot be that long.");
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

        var login = LoginSession.Of(context.User)!;
        var user = await passwords.CheckAsync(context, login.Username, current, context.RequestAborted);
        if (user?.Id != login.UserId)
        {
            return Refuse(context, "The old password was not right; after several failed attempts, wait a few minutes.");
        }

        var result = await accounts.ResetPasswordAsync(login.UserId, wanted, context.RequestAborted);
        if (!result.Succeeded)
        {
            return Refuse(context, [.. result.Problems]);
        }

        try
        {
            await sessions.BeginAsync(context, result.User);
        }
        catch (UserEndedException)
        {
            return new SeeOther("/login");
        }

        return new SeeOther(AccountPaths.Overview);
    }

    private static IResult Refuse(HttpContext context, params string[] problems) => FormPage(context, StatusCodes.Status400BadRequest, problems);

    private static IResult FormPage(HttpContext context, int status, params string[] problems) => Page.Of<PasswordPage>(
        status, (nameof(PasswordPage.Username), LoginSession.Of(context.User)!.Username), (nameof(PasswordPage.Problems), problems));
}
