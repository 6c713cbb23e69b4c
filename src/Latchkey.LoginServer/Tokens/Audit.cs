using Latchkey.Core.Grants;
using Latchkey.LoginServer.Clients;
using Latchkey.Storage.Audit;

namespace Latchkey.LoginServer.Tokens;

/// <summary>The audit record of a revocation: written in the same commit, so that none is acknowledged without it.</summary>
internal static class Audit
{
    public static AuditEvent Revoked(GrantWrite.Revoke write, Grant grant, BackChannelRequest request) => new()
    {
        Time = write.At,
        Kind = AuditKinds.GrantRevoked,
        UserId = grant.UserId,
        ClientId = request.Client.Id,
        GrantId = write.Id,
        Ip = request.Peer,
        Detail = write.Why.ToString(),
    };
}
