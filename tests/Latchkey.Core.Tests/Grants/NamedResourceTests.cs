using Latchkey.Core.Grants;
using static Latchkey.Core.Tests.Grants.TestGrants;

namespace Latchkey.Core.Tests.Grants;

[Spec("RFC8707-2.2")]
public sealed class NamedResourceTests
{
    private const string Own = "https://login.example.com";
    private const string Api = "https://api.example.com/v1";

    [Theory]
    [InlineData(Api, null, true)]
    [InlineData(Api, Api, true)]
    [InlineData(Api, "https://api.example.com/v1/", false)]      // to the letter, as at the authorization endpoint
    [InlineData(Api, "https://API.example.com/v1", false)]
    [InlineData(Api, Own, false)]
    [InlineData(Api, "x", false)]
    [InlineData(null, null, true)]
    [InlineData(null, Own, true)]                                // what introspection calls its audience
    [InlineData(null, Own + "/", false)]
    [InlineData(null, Api, false)]
    public void Tokens_are_for_the_resource_of_their_grant_and_no_other(string? granted, string? named, bool issued)
    {
        var resource = new NamedResource(named, Own);
        var pending = Pending with { Resource = granted };
        var active = Active with { Resource = granted, Generation = 5, RotatedAt = Now };

        var code = CodeExchange.Decide(CodeToken(pending), pending, TestClients.Confidential, null, Verifier.Reveal(), Lifetimes, Now, resource);
        var refresh = Refresh.Decide(RefreshToken(active), active, TestClients.Confidential, null, Lifetimes, Now, resource);
        var retry = Refresh.Decide(RefreshToken(active, 4), active, TestClients.Confidential, null, Lifetimes, Now, resource);

        var expected = issued ? "tokens" : "invalid_target";
        Assert.Equal(expected, code.Match(_ => "tokens", _ => "replay", e => e.Error.Code, r => r.Error.Code));
        Assert.Equal(expected, refresh.Match(_ => "tokens", _ => "again", _ => "reuse", r => r.Error.Code));
        Assert.Equal(issued ? "again" : expected, retry.Match(_ => "tokens", _ => "again", _ => "reuse", r => r.Error.Code));
    }

    [Fact]
    public void Whoever_cannot_prove_to_be_the_client_learns_nothing_of_the_resource()
    {
        var elsewhere = new NamedResource("https://elsewhere.example", Own);

        Assert.Equal("invalid_grant", Assert.IsType<CodeExchangeDecision.Refuse>(
            CodeExchange.Decide(CodeToken(Pending), Pending, TestClients.Confidential, null, null, Lifetimes, Now, elsewhere)).Error.Code);
        Assert.Equal("invalid_grant", Assert.IsType<RefreshDecision.Refuse>(
            Refresh.Decide(RefreshToken(Active), Active, TestClients.Other, null, Lifetimes, Now, elsewhere)).Error.Code);
    }

    [Fact]
    [Spec("TK-30")]
    public void A_theft_is_a_theft_whatever_resource_is_named() => Assert.IsType<RefreshDecision.Reuse>(
        Refresh.Decide(RefreshToken(Active, 0), Active, TestClients.Confidential, null, Lifetimes, Now.AddMinutes(1), new("https://elsewhere.example", Own)));
}
