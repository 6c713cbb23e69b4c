using Latchkey.Core.Clients;
using Latchkey.Protocol;

namespace Latchkey.Core.Tests.Clients;

[Spec("RFC6749-2.3.1")]
public sealed class ClientAuthenticationTests
{
    private static readonly ClientSecret Right = TestClients.Secret;
    private static readonly ClientSecret Wrong = new("0000000000000000000000000000000000000000000000000000000000000000");

    private static readonly Client PublicLinode = TestClients.PublicLinode with { SecretHash = Right.Hash() };

    public static TheoryData<string, Client?, ClientSecret?, bool> Table => new()
    {
        { "unknown client", null, Right, false },
        { "unknown client without a secret", null, null, false },
        { "confidential, right secret", TestClients.Confidential, Right, true },
        { "confidential, wrong secret", TestClients.Confidential, Wrong, false },
        { "confidential, its id alone (CVE-2026-44476)", TestClients.Confidential, null, false },
        { "confidential, registered without a secret", TestClients.Confidential with { SecretHash = null }, Right, false },
        { "confidential, registered without a secret, its id alone", TestClients.Confidential with { SecretHash = null }, null, false },
        { "confidential, an empty hash in the store", TestClients.Confidential with { SecretHash = [] }, Right, false },
        { "confidential, a cut hash in the store", TestClients.Confidential with { SecretHash = Right.Hash()[..16] }, Right, false },
        { "confidential, disabled", TestClients.Confidential with { Status = ClientStatus.Disabled }, Right, false },
        { "confidential, suspended", TestClients.Confidential with { Status = ClientStatus.Suspended }, Right, false },
        { "confidential, a status unknown to this version", TestClients.Confidential with { Status = (ClientStatus)9 }, Right, false },
        { "an API, right secret", TestClients.Api, Right, true },
        { "an API, its id alone", TestClients.Api, null, false },
        { "public, its id alone", TestClients.Public, null, true },
        { "public, with a secret", TestClients.Public, Right, false },
        { "public, with the secret that it was given", TestClients.Public with { SecretHash = Right.Hash() }, Right, true },
        { "public, given a secret, with another", TestClients.Public with { SecretHash = Right.Hash() }, Wrong, false },
        { "public, disabled", TestClients.Public with { Status = ClientStatus.Disabled }, null, false },
        { "Linode's public client, its id alone", PublicLinode, null, true },
        { "Linode's public client, with the secret Linode gives it", PublicLinode, Right, true },
        { "Linode's public client, with a wrong secret", PublicLinode, Wrong, false },
        { "Linode's public client that has no secret, with one", TestClients.PublicLinode, Right, false },
        { "Linode's confidential client, right secret", TestClients.Linode, Right, true },
        { "Linode's confidential client, its id alone", TestClients.Linode, null, false },
    };

    [Theory]
    [MemberData(nameof(Table))]
    [Spec("TK-11")]
    [Spec("TK-13")]
    [Spec("TK-14")]
    [Spec("IN-02")]
    public void Who_has_proven_to_be_the_client(string why, Client? client, ClientSecret? secret, bool proven)
    {
        Assert.True(ClientAuthentication.TryAuthenticate(client, secret, out var error) == proven, why);
        Assert.Equal(proven ? null : "invalid_client", error?.Code);
    }

    [Fact]
    [Spec("TK-45")]
    public void Every_failure_says_the_same()
    {
        var said = Table.Where(row => !row.Data.Item4).Select(row =>
        {
            ClientAuthentication.TryAuthenticate(row.Data.Item2, row.Data.Item3, out var error);
            return error;
        });

        Assert.Single(said.Distinct());
    }
}
