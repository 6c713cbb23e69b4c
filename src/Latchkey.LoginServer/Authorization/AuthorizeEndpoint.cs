using Latchkey.Core.Authorization;
using Latchkey.LoginServer.Accounts;
using Latchkey.LoginServer.Consent;
using Latchkey.LoginServer.DeliberateFaults;
using Latchkey.LoginServer.Pages;
using Latchkey.Protocol;
using Microsoft.Extensions.Options;

namespace Latchkey.LoginServer.Authorization;

/// <summary>
/// <c>/oauth/authorize</c>: fetch client, login and consent, let Core decide, carry it out. Every visit checks everything
/// again, so going through login and coming back is just the same URL again.
/// </summary>
/// <remarks>RFC 6749 §3.1, §4.1.1.</remarks>
internal sealed class AuthorizeEndpoint(
    RequestReading requests,
    CodeIssuing issuing,
    ConsentQuestion question,
    TimeProvider clock,
    IOptions<LoginServerOptions> options,
    DenyEveryConsent? denyEveryConsent = null)
{
    public async Task<IResult> HandleAsync(HttpContext context)
    {
        var sent = await RequestParameters.ReadAsync(context);
        var session = LoginSession.Of(context.User);
        var (request, failure, remembered) = await requests.ValidateAsync(sent.Parameters, session?.UserId, context.RequestAborted);
        if (request is null)
        {
            return ClientAnswer.Refuse(context, failure!, options.Value.Issuer);
        }

        if (session is null && WasPostedFromElsewhere(context))
        {
            return new SeeOther(sent.ToUrl());
        }

        var decision = AuthorizationDecision.Decide(request, session?.Facts, remembered, clock.GetUtcNow());
        return await decision.Match(
            logIn => Task.FromResult<IResult>(LogIn(sent)),
            ask => Task.FromResult(denyEveryConsent is null ? question.Ask(context, sent, request, session!, ask) : Refuse(OAuthErrors.AccessDenied)),
            issue => denyEveryConsent is null
                ? IssueAsync(context, request, session!, issue.Granted)
                : Task.FromResult(Refuse(OAuthErrors.AccessDenied)),
            refuse => Task.FromResult(Refuse(refuse.Error)));

        IResult Refuse(OAuthError error) => ClientAnswer.Send(context, AuthorizationAnswer.Failure(request.Identified, error, options.Value.Issuer));
    }

    private async Task<IResult> IssueAsync(HttpContext context, ValidRequest request, LoginSession session, ScopeSet granted) =>
        await issuing.TryIssueAsync(context, request, session, issuing.NewId(), granted) ?? ClosedQuestion.Void();

    private static SeeOther LogIn(RequestParameters sent) =>
        new SeeOther($"/login?{LoginEndpoint.ReturnUrl}={Uri.EscapeDataString(sent.ToUrl())}");

    // Browsers keep SameSite=Lax cookies back from a form another site posts, but send them when the same URL is fetched.
    private static bool WasPostedFromElsewhere(HttpContext context) =>
        HttpMethods.IsPost(context.Request.Method) && context.Request.Headers["Sec-Fetch-Site"] == "cross-site";
}
