using Latchkey.Core.Clients;
using Latchkey.Protocol;

namespace Latchkey.Core.Grants;

/// <summary>Whether a client may end the grant behind a token.</summary>
/// <remarks>RFC 7009 §2.1. Any token of a grant ends the whole grant, as expiring a token does at Linode.</remarks>
public static class Revocation
{
    /// <summary>Decides on a token whose seal is proven. An expired token still ends its grant: its refresh token may live on.</summary>
    public static RevocationDecision Decide(Grant? grant, Client client, DateTimeOffset now)
    {
        if (grant is null || grant.State == GrantState.Revoked)
        {
            return new RevocationDecision.NothingToDo();
        }

        // Otherwise anyone's app could end anyone's access (CVE-2016-6582).
        return string.Equals(grant.ClientId, client.Id, StringComparison.Ordinal)
            ? new RevocationDecision.End(new GrantWrite.Revoke(grant.Id, RevocationReason.ClientRequest, now))
            : new RevocationDecision.Refuse(OAuthErrors.UnauthorizedClient.Because("The token was issued to another client.", OAuthParameters.Token));
    }
}
