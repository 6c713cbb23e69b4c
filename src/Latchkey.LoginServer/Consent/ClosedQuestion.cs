using Latchkey.LoginServer.Account;
using Latchkey.LoginServer.Accounts;
using Latchkey.LoginServer.Authorization;
using Latchkey.LoginServer.Pages;

namespace Latchkey.LoginServer.Consent;

/// <summary>What a person reads whose answer comes too late.</summary>
internal static class ClosedQuestion
{
    private const string Title = "This question has been closed";

    /// <summary>
    /// Allowed twice, as by a double click: the browser follows the second answer and drops the first one, which had the code. The
    /// way on asks anew, where what was agreed to is remembered or, withdrawn since, asked again.
    /// </summary>
    public static IResult AllowedBefore(ConsentTicket ticket, string app) => Page.Error(
        Title,
        "It was answered already, and the app was allowed in.",
        "If the app did not open, go on to it. To take back what you allowed, withdraw the app's access in your account.",
        link: LoginReturn.AfterLogin(RequestParameters.Of(ticket.Request).ToUrl()),
        linkText: $"Go on to {app}");

    /// <summary>Denied to the app, allowed in truth: its grant would live on, and nobody would look for it.</summary>
    public static IResult DeniedTooLate() => Page.Error(
        Title,
        "It was answered already, and the app was allowed in.",
        "To take that back, withdraw the app's access in your account.",
        link: AccountPaths.Overview,
        linkText: "Your account");

    public static IResult Void() => Page.Error(
        Title,
        "It was answered already, is too old, or belongs to another login.",
        "Nothing was shared. Go back to the app and start again from there.");
}
