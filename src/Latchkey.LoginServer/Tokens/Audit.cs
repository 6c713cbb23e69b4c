using Latchkey.Core.Clients;
using Latchkey.Core.Grants;
using Latchkey.Storage.Audit;

namespace Latchkey.LoginServer.Tokens;

/// <summary>The audit record of a revocation: written in the same commit, so that none is acknowledged without it.</summary>
internal static class Audit
{
    public static AuditEvent Revoked(GrantWrite.Revoke write, Grant grant, Client client) => new()
    {
        Time = write.At,
        Kind = AuditKinds.GrantRevoked,
        UserId = grant.UserId,
        ClientId = client.Id,
        GrantId = write.Id,
        Detail = write.Why.ToString(),
    };
}
