using Latchkey.LoginServer.Pages;

namespace Latchkey.LoginServer.Accounts;

/// <summary>
/// Ends the login session after one question: a page elsewhere can send a browser here, and must not be able to log its
/// user out.
/// </summary>
internal static class LogoutEndpoint
{
    public static IResult Show(HttpContext context) =>
        Page.Of<LogoutPage>((nameof(LogoutPage.Username), LoginSession.Of(context.User)?.Username));

    public static async Task<IResult> LogOutAsync(HttpContext context, LoginSessions sessions)
    {
        if (LoginSession.Of(context.User) is { } session)
        {
            await sessions.EndAsync(context, session);
        }

        return new SeeOther(Protocol.OAuthPaths.Logout);
    }
}
