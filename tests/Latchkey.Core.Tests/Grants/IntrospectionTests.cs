using Latchkey.Core.Grants;
using Latchkey.Core.Tokens;
using Latchkey.Protocol;
using static Latchkey.Core.Tests.Grants.TestGrants;

namespace Latchkey.Core.Tests.Grants;

[Spec("RFC7662-2.2")]
public sealed class IntrospectionTests
{
    private static readonly Grant Rotated = Active with { Generation = 5 };

    [Fact]
    [Spec("IN-01")]
    public void A_living_token_reaches_as_far_as_its_grant() =>
        Assert.Equal(Active.Scopes, Introspection.Decide(AccessToken(Active), Active, TestClients.Api, Now));

    [Theory]
    [InlineData("linodes:read_only", "linodes:read_only")]
    [InlineData("", "")]
    [InlineData("*", "domains:read_only linodes:read_write")]     // no ceiling lifts a token above its grant
    [Spec("TK-36")]
    public void A_ceiling_holds_it_below(string ceiling, string reach) =>
        Assert.Equal(
            ScopeSet.Parse(reach),
            Introspection.Decide(AccessToken(Active, ceiling: ScopeSet.Parse(ceiling)), Active, TestClients.Api, Now));

    [Theory]
    [InlineData(5, true)]
    [InlineData(4, true)]       // the old access token lives until its own expiry
    [InlineData(1, true)]
    [InlineData(0, false)]      // generation 0 has a code and nothing else
    [InlineData(-1, false)]
    [InlineData(6, false)]      // of a future that this row has not had
    [Spec("TK-29")]
    public void A_token_of_an_earlier_generation_still_lives(int generation, bool alive) =>
        Assert.Equal(alive, Introspection.IsAlive(AccessToken(Rotated, generation), Rotated, Now));

    [Theory]
    [InlineData(TokenKind.Access, true)]
    [InlineData(TokenKind.Personal, false)]             // no client's grant has one
    [InlineData(TokenKind.Refresh, false)]
    [InlineData(TokenKind.AuthorizationCode, false)]
    [InlineData((TokenKind)0, false)]
    [InlineData((TokenKind)99, false)]
    [Spec("IN-03")]
    public void Of_a_clients_grant_the_access_token_alone_is_good_at_an_api(TokenKind kind, bool alive) =>
        Assert.Equal(alive, Introspection.IsAlive(AccessToken(Active) with { Kind = kind }, Active, Now));

    [Theory]
    [InlineData(TokenKind.Personal, true)]
    [InlineData(TokenKind.Access, false)]
    [InlineData(TokenKind.Refresh, false)]
    public void Of_a_grant_without_a_client_the_personal_token_alone_is_good(TokenKind kind, bool alive) =>
        Assert.Equal(alive, Introspection.IsAlive(PersonalToken(Personal) with { Kind = kind }, Personal, Now));

    [Theory]
    [InlineData(GrantState.Pending)]
    [InlineData(GrantState.Revoked)]
    [InlineData((GrantState)3)]
    [Spec("IN-03")]
    public void Only_an_active_grant_has_living_tokens(GrantState state) =>
        Assert.False(Introspection.IsAlive(AccessToken(Active), Active with { State = state }, Now));

    [Theory]
    [InlineData(7_199_999, true)]
    [InlineData(7_200_000, false)]
    [Spec("IN-03")]
    public void A_token_dies_at_its_end(int milliseconds, bool alive) =>
        Assert.Equal(alive, Introspection.IsAlive(AccessToken(Active), Active, Now.AddMilliseconds(milliseconds)));

    [Fact]
    [Spec("IN-03")]
    public void A_token_dies_with_its_grant()
    {
        var grant = Active with { ExpiresAt = Now.AddMilliseconds(1) };

        Assert.True(Introspection.IsAlive(AccessToken(grant), grant, Now));
        Assert.False(Introspection.IsAlive(AccessToken(grant), grant, Now.AddMilliseconds(1)));
        Assert.False(Introspection.IsAlive(PersonalToken(Personal), Personal with { ExpiresAt = Now }, Now));
    }

    [Fact]
    [Spec("IN-03")]
    public void A_token_without_a_row_is_dead() => Assert.Null(Introspection.Decide(AccessToken(Active), null, TestClients.Api, Now));

    [Theory]
    [InlineData(null, null, true)]                                          // both the server's own API
    [InlineData("https://api.example.com", "https://api.example.com", true)]
    [InlineData("https://api.example.com", null, false)]
    [InlineData(null, "https://api.example.com", false)]
    [InlineData("https://api.example.com", "https://api.example.com/", false)]
    [InlineData("https://api.example.com", "https://API.example.com", false)]
    [Spec("IN-04")]
    public void An_api_asks_about_the_tokens_meant_for_it(string? audience, string? api, bool answered) =>
        Assert.Equal(answered, Introspection.Decide(
            AccessToken(Active), Active with { Resource = audience }, TestClients.Api with { Resource = api }, Now) is not null);

    [Fact]
    [Spec("IN-04")]
    public void An_app_asks_about_its_own_tokens()
    {
        Assert.NotNull(Introspection.Decide(AccessToken(Active), Active, TestClients.Confidential, Now));
        Assert.Null(Introspection.Decide(AccessToken(Active), Active, TestClients.Other, Now));
        Assert.Null(Introspection.Decide(PersonalToken(Personal), Personal, TestClients.Confidential, Now));
        Assert.Equal(ScopeSet.Everything, Introspection.Decide(PersonalToken(Personal), Personal, TestClients.Api, Now));
    }
}
