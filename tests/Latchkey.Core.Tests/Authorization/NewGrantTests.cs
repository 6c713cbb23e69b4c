using Latchkey.Core.Authorization;
using Latchkey.Core.Clients;
using Latchkey.Core.Grants;
using Latchkey.Core.Tests.Tokens;
using Latchkey.Core.Tokens;
using Latchkey.Protocol;
using P = Latchkey.Protocol.OAuthParameters;

namespace Latchkey.Core.Tests.Authorization;

[Spec("RFC6749-4.1.2")]
public sealed class NewGrantTests
{
    private static readonly DateTimeOffset Now = TokenGen.Now;
    private static readonly Client App = TestClients.Confidential;
    private static readonly LoginFacts Login = new(TokenGen.Id(7), TokenGen.Id(8), Now.AddMinutes(-1));

    [Fact]
    [Spec("AZ-29")]
    public void A_grant_is_bound_to_what_was_asked()
    {
        var request = Sent.By(App).With(P.Nonce, "n").With(P.Resource, "https://api.example.com").To(App).Valid();

        Assert.Equal(
            new Grant
            {
                Id = TokenGen.Id(1),
                ClientId = App.Id,
                UserId = Login.UserId,
                SessionId = Login.SessionId,
                Scopes = ScopeSet.Parse("linodes:read_only"),
                Resource = "https://api.example.com",
                State = GrantState.Pending,
                Generation = 0,
                RedirectUri = TestClients.Callback,
                CodeChallenge = request.CodeChallenge,
                Nonce = "n",
                Refreshable = true,
                CreatedAt = Now,
                CodeExpiresAt = Now.AddSeconds(60),
            },
            For(request, "linodes:read_only"));
    }

    [Theory]
    [InlineData("linodes:read_write", "linodes:*", "linodes:read_write")]
    [InlineData("linodes:read_write", "*", "linodes:read_write")]
    [InlineData("linodes:read_write", "linodes:read_only domains:*", "linodes:read_only")]
    [InlineData("linodes:read_write", "", "")]
    [InlineData("linodes:read_write", "openid", "")]
    [Spec("AZ-29")]
    [Spec("TK-28")]
    public void A_grant_never_reaches_beyond_what_was_asked(string asked, string granted, string scopes) =>
        Assert.Equal(ScopeSet.Parse(scopes), For(Sent.By(App).With(P.Scope, asked).To(App).Valid(), granted).Scopes);

    [Theory]
    [InlineData("linodes:read_only", "linodes:read_only", true, "plain OAuth")]
    [InlineData("openid linodes:read_only", "openid linodes:read_only", false, "OpenID without offline_access")]
    [InlineData("openid linodes:read_only", "linodes:read_only", false, "the same with openid unticked")]
    [InlineData("openid offline_access", "openid offline_access", true, "OpenID with offline_access")]
    [InlineData("openid offline_access", "openid", false, "offline_access unticked")]
    [InlineData("openid offline_access", "offline_access", true, "openid unticked")]
    [InlineData("linodes:read_only offline_access", "linodes:read_only", false, "plain OAuth, offline_access asked for and unticked")]
    [InlineData("linodes:read_only offline_access", "linodes:read_only offline_access", true, "plain OAuth with offline_access")]
    [InlineData("", "", true, "nothing asked for")]
    [Spec("TK-39")]
    [Spec("OIDC-11")]
    public void Who_may_act_in_the_users_absence(string asked, string granted, bool refreshable, string why) =>
        Assert.True(refreshable == For(Sent.By(App).With(P.Scope, asked).To(App).Valid(), granted).Refreshable, why);

    [Fact]
    [Spec("TK-39")]
    public void A_client_not_registered_for_the_refresh_grant_gets_no_refresh_token()
    {
        var client = App with { Grants = [GrantTypes.AuthorizationCode] };

        Assert.False(For(Sent.By(client).With(P.Scope, "openid offline_access").To(client).Valid(), "openid offline_access").Refreshable);
    }

    [Fact]
    public void An_implicit_grant_is_active_at_once_ends_with_its_token_and_cannot_be_refreshed()
    {
        var client = TestClients.PublicLinode;
        var request = Sent.By(client).With(P.ResponseType, "token").Without(P.CodeChallenge, P.CodeChallengeMethod).To(client).Valid();

        var grant = For(request, "linodes:read_write");

        Assert.Equal((GrantState.Active, 1, false), (grant.State, grant.Generation, grant.Refreshable));
        Assert.Equal((Now, Now.AddHours(2), null), (grant.RotatedAt, grant.ExpiresAt, grant.CodeExpiresAt));
        var tokens = new TokenIssuer(TokenGen.Ring(), new()).Tokens(grant, null, Now);
        Assert.Equal(7200, tokens.ExpiresIn);
        Assert.Null(tokens.RefreshToken);
    }

    private static Grant For(ValidRequest request, string granted) =>
        NewGrant.For(request, Login, TokenGen.Id(1), ScopeSet.Parse(granted), new TokenLifetimes(), Now);
}
