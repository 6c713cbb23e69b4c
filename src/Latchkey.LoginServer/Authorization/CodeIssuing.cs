using Latchkey.Core.Authorization;
using Latchkey.Core.Grants;
using Latchkey.LoginServer.Accounts;
using Latchkey.LoginServer.Telemetry;
using Latchkey.LoginServer.Tokens;
using Latchkey.Protocol;
using Latchkey.Storage.Audit;
using Latchkey.Storage.Consents;
using Latchkey.Storage.Grants;
using Microsoft.Extensions.Options;

namespace Latchkey.LoginServer.Authorization;

/// <summary>Makes the grant's row and sends the browser back with what opens it.</summary>
internal sealed class CodeIssuing(
    IGrantStore grants, ConsentStore consents, TokenSeals seals, TimeProvider clock, LoginServerTelemetry telemetry, IOptions<LoginServerOptions> options)
{
    public Guid NewId() => Guid.CreateVersion7(clock.GetUtcNow());

    /// <summary>Null when the row is there already, or when user, client or consent ended, or the consent shrank, while we were looking.</summary>
    public async Task<IResult?> TryIssueAsync(HttpContext context, ValidRequest request, LoginSession session, Guid id, ScopeSet granted)
    {
        var now = clock.GetMilliseconds();
        var grant = NewGrant.For(request, session.Facts, id, granted, options.Value.Lifetimes, now);
        var audit = new AuditEvent
        {
            Time = now,
            Kind = AuditKinds.GrantIssued,
            ActorId = session.UserId,
            ClientId = grant.ClientId,
            GrantId = id,
            Ip = LoginAudit.Peer(context),
        };

        if (!await grants.ApplyAsync(new GrantWrite.Insert(grant), audit, context.RequestAborted))
        {
            return null;
        }

        // Whoever takes a scope away narrows the grants that are there. One that was written just after, and rests on what was read
        // just before, sees it here; nobody has its code yet.
        if (!request.Identified.Client.Trusted && !await IsAgreedToAsync(request, session.UserId, granted, context.RequestAborted))
        {
            await grants.ApplyAsync(new GrantWrite.Revoke(id, RevocationReason.UserRequest, now), cancellationToken: CancellationToken.None);
            return null;
        }

        return ClientAnswer.Send(context, request.Implicit ? Implicit(request, grant, now) : Code(request, grant));
    }

    private async Task<bool> IsAgreedToAsync(ValidRequest request, Guid userId, ScopeSet granted, CancellationToken cancellationToken) =>
        await consents.FindAsync(userId, request.Identified.Client.Id, request.Place, cancellationToken) is { } agreed && agreed.Covers(granted);

    private AuthorizationAnswer Code(ValidRequest request, Grant grant) =>
        AuthorizationAnswer.Success(request.Identified, seals.Issuer.Code(grant), options.Value.Issuer);

    private AuthorizationAnswer Implicit(ValidRequest request, Grant grant, DateTimeOffset now)
    {
        var issued = seals.Issuer.Tokens(grant, ceiling: null, now);
        telemetry.Issued(LoginServerTelemetry.Implicit);
        return AuthorizationAnswer.Implicit(request.Identified, issued.AccessToken, issued.ExpiresIn, issued.Scopes, options.Value.Issuer);
    }
}
