using System.Net;
using Latchkey.Flows.Tests.Framework;
using Latchkey.Linode;

namespace Latchkey.Flows.Tests.Tokens;

internal static class Dead
{
    /// <summary>The API answers 401 (it asks the login server), and a refresh is refused.</summary>
    public static async Task AssertAsync(Scene scene, OAuthToken token)
    {
        var refusal = await Assert.ThrowsAnyAsync<LinodeApiException>(() => scene.Linode(token.AccessToken).Linodes.Instances.ListAsync().ToListAsync().AsTask());
        Assert.Equal(HttpStatusCode.Unauthorized, refusal.Status);
        await Assert.ThrowsAnyAsync<LinodeOAuthException>(() => scene.Sdk().RefreshOAuthTokenAsync(token.RefreshToken));
    }
}
