using Latchkey.Core.Authorization;
using Latchkey.LoginServer.Accounts;
using Latchkey.LoginServer.Authorization;
using Latchkey.LoginServer.Pages;
using Latchkey.LoginServer.Security;
using Microsoft.Extensions.Options;

namespace Latchkey.LoginServer.Consent;

/// <summary>Shows a valid request to the person and seals it into the form.</summary>
internal sealed class ConsentQuestion(ConsentTickets tickets, CodeIssuing issuing, TimeProvider clock, IOptions<LoginServerOptions> options)
{
    public IResult Ask(
        HttpContext context, RequestParameters sent, ValidRequest request, LoginSession session, AuthorizationDecision.AskConsent ask)
    {
        var ticket = new ConsentTicket
        {
            GrantId = issuing.NewId(),
            SessionId = session.SessionId,
            UserId = session.UserId,
            ExpiresAt = clock.GetUtcNow() + ConsentTickets.Life,
            Asked = ask.Asked.ToString(),
            Already = ask.Already.ToString(),
            Request = sent.Pairs,
        };
        var client = request.Identified.Client;
        var redirectUri = request.Identified.RedirectUri;
        var model = new ConsentPageModel
        {
            AppLabel = client.Label,
            Verified = client.Trusted,
            Username = session.Username,
            SwitchAccountUrl = $"/login?{LoginEndpoint.ReturnUrl}={Uri.EscapeDataString(sent.ToUrl())}",
            RedirectHost = ConsentWords.Destination(redirectUri),
            Lifetime = ConsentWords.Lifetime(request, options.Value.Lifetimes),
            Asked = ConsentScope.Of(ask.Asked, options.Value.Scopes),
            Already = ConsentScope.Of(ask.Already, options.Value.Scopes),
            Ticket = tickets.Seal(ticket),
        };
        SecurityHeaders.AllowFormsToReach(context, redirectUri);
        return Page.Of<ConsentPage>((nameof(ConsentPage.Model), model));
    }
}
