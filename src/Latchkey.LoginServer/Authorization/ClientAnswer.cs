using Latchkey.Core.Authorization;
using Latchkey.LoginServer.DeliberateFaults;
using Latchkey.LoginServer.Pages;
using Latchkey.LoginServer.Security;
using Latchkey.LoginServer.Telemetry;
using Latchkey.Protocol;

namespace Latchkey.LoginServer.Authorization;

/// <summary>How answers and refusals travel.</summary>
internal static class ClientAnswer
{
    /// <summary>Back to the client through the browser, as its response mode says.</summary>
    public static IResult Send(HttpContext context, AuthorizationAnswer answer)
    {
        if (answer.Error is { } error)
        {
            Count(context, error);
        }

        if (context.RequestServices.GetService<WrongState>() is not null)
        {
            answer = WrongState.Of(answer);
        }

        if (answer.Request.ResponseMode != ResponseMode.FormPost)
        {
            return new SeeOther(answer.ToUrl());
        }

        SecurityHeaders.AllowFormPostTo(context, answer.Request.RedirectUri);
        return Page.Of<FormPostPage>(
            (nameof(FormPostPage.AppLabel), answer.Request.Client.Label),
            (nameof(FormPostPage.Action), answer.Request.RedirectUri),
            (nameof(FormPostPage.Parameters), answer.Parameters));
    }

    /// <summary>To the person while client or redirect URI is unproven, otherwise to the client.</summary>
    public static IResult Refuse(HttpContext context, AuthorizationFailure failure, string issuer) => failure.Match(
        show =>
        {
            Count(context, show.Error);
            return Page.Error(
                "This link does not work",
                show.Error.Description,
                "The app that sent you here made a mistake. Nothing was shared with it.");
        },
        back => Send(context, AuthorizationAnswer.Failure(back.Request, back.Error, issuer)));

    private static void Count(HttpContext context, OAuthError error) =>
        context.RequestServices.GetRequiredService<LoginServerTelemetry>().Refused(LoginServerTelemetry.Authorize, error);
}
