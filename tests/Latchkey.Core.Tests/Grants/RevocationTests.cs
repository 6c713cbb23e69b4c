using Latchkey.Core.Grants;
using static Latchkey.Core.Tests.Grants.TestGrants;

namespace Latchkey.Core.Tests.Grants;

[Spec("RFC7009-2.1")]
public sealed class RevocationTests
{
    [Fact]
    [Spec("RV-01")]
    [Spec("RV-02")]
    public void The_clients_own_token_ends_the_whole_grant() => Assert.All(
        new[] { Active, Active with { Generation = 7 }, Pending },
        grant => Assert.Equal(
            new RevocationDecision.End(new GrantWrite.Revoke(grant.Id, RevocationReason.ClientRequest, Now)),
            Revocation.Decide(grant, TestClients.Confidential, Now)));

    [Fact]
    [Spec("RV-03")]
    [Spec("RFC7009-2.2")]
    public void What_is_dead_needs_no_end()
    {
        Assert.IsType<RevocationDecision.NothingToDo>(Revocation.Decide(null, TestClients.Confidential, Now));
        Assert.IsType<RevocationDecision.NothingToDo>(Revocation.Decide(Revoked, TestClients.Confidential, Now));
        Assert.IsType<RevocationDecision.NothingToDo>(Revocation.Decide(Revoked, TestClients.Other, Now));
    }

    [Fact]
    [Spec("RV-03")]
    public void A_grant_past_its_end_is_ended_without_complaint() =>
        Assert.IsType<RevocationDecision.End>(Revocation.Decide(Active, TestClients.Confidential, Now.AddYears(10)));

    [Fact]
    [Spec("RV-04")]
    public void Another_clients_token_lives_on()
    {
        foreach (var grant in new[] { Active, Pending, Personal })
        {
            var refuse = Assert.IsType<RevocationDecision.Refuse>(Revocation.Decide(grant, TestClients.Other, Now));
            Assert.Equal("unauthorized_client", refuse.Error.Code);
        }
    }

    [Fact]
    [Spec("RV-04")]
    public void An_api_ends_nobodys_token() =>
        Assert.IsType<RevocationDecision.Refuse>(Revocation.Decide(Active, TestClients.Api, Now));

    [Fact]
    [Spec("RV-05")]
    public void A_public_client_ends_its_own() => Assert.IsType<RevocationDecision.End>(
        Revocation.Decide(Active with { ClientId = TestClients.Public.Id }, TestClients.Public, Now));
}
