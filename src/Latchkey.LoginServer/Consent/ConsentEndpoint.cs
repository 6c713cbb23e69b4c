using Latchkey.Core.Authorization;
using Latchkey.Core.Consent;
using Latchkey.LoginServer.Accounts;
using Latchkey.LoginServer.Authorization;
using Latchkey.LoginServer.Pages;
using Latchkey.Protocol;
using Latchkey.Storage.Audit;
using Latchkey.Storage.Consents;
using Latchkey.Storage.Grants;
using Microsoft.Extensions.Options;

namespace Latchkey.LoginServer.Consent;

/// <summary>
/// What the person answered. The request comes out of the sealed ticket and is checked again; of the form only the
/// decision and the ticked scopes count, and they can only take away.
/// </summary>
internal sealed class ConsentEndpoint(
    ConsentTickets tickets,
    RequestReading requests,
    ConsentStore consents,
    IGrantStore grants,
    CodeIssuing issuing,
    TimeProvider clock,
    IOptions<LoginServerOptions> options)
{
    public async Task<IResult> AnswerAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var session = LoginSession.Of(context.User);
        if (session is null || tickets.Open(form["ticket"], session.SessionId, session.UserId) is not { } ticket)
        {
            return ClosedQuestion.Void();
        }

        // The consent is read later: an answer that came meanwhile counts.
        var (request, failure, _) = await requests.ValidateAsync(
            RequestParameters.Of(ticket.Request).Parameters, userId: null, context.RequestAborted);
        if (request is null)
        {
            return ClientAnswer.Refuse(context, failure!, options.Value.Issuer);
        }

        switch (form["decision"].ToString())
        {
            case "allow":
                return await AllowAsync(context, session, ticket, request, form["scope"]);
            case "deny":
                if (await grants.FindAsync(ticket.GrantId, context.RequestAborted) is not null)
                {
                    return ClosedQuestion.DeniedTooLate();
                }

                tickets.MarkDenied(ticket);
                return ClientAnswer.Send(context, AuthorizationAnswer.Failure(request.Identified, OAuthErrors.AccessDenied, options.Value.Issuer));
            default:
                return Results.StatusCode(StatusCodes.Status400BadRequest);
        }
    }

    private async Task<IResult> AllowAsync(
        HttpContext context, LoginSession session, ConsentTicket ticket, ValidRequest request, IEnumerable<string?> ticked)
    {
        // A second answer must not bring back a consent withdrawn since the first one; the insert would refuse the code anyway.
        var client = request.Identified.Client;
        if (await grants.FindAsync(ticket.GrantId, context.RequestAborted) is not null)
        {
            return ClosedQuestion.AllowedBefore(ticket, client.Label);
        }

        var remembered = await consents.FindAsync(session.UserId, client.Id, request.Place, context.RequestAborted) ?? ScopeSet.Empty;
        var question = new AuthorizationDecision.AskConsent(ScopeSet.Parse(ticket.Asked), ScopeSet.Parse(ticket.Already).Intersect(remembered));
        var granted = ConsentAnswer.Granted(question, ticked.OfType<string>());
        var audit = new AuditEvent
        {
            Time = clock.GetUtcNow(),
            Kind = AuditKinds.ConsentGiven,
            ActorId = session.UserId,
            ClientId = client.Id,
            GrantId = ticket.GrantId,
            Ip = LoginAudit.Peer(context),
            Detail = granted.ToString(),
        };
        if (!await consents.ReplaceAsync(session.UserId, client.Id, request.Place, request.Scopes, granted, audit, context.RequestAborted))
        {
            return ClosedQuestion.Void();
        }

        // Two at once: the other one's row is there now.
        return await issuing.TryIssueAsync(context, request, session, ticket.GrantId, granted)
            ?? (await grants.FindAsync(ticket.GrantId, context.RequestAborted) is not null
                ? ClosedQuestion.AllowedBefore(ticket, client.Label)
                : ClosedQuestion.Void());
    }
}
