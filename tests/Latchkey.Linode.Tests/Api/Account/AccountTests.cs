using Latchkey.Linode;

namespace Latchkey.Linode.Tests.Api;

public sealed class AccountTests
{
    [Fact]
    public async Task An_account_is_read()
    {
        using var api = new FakeNetwork().Answers(
            """
            {"company":"","first_name":"Ann","last_name":"Lee","email":"ann@example.org","address_1":"1 Street","address_2":"","city":"Town",
             "state":"PA","zip":"19106","country":"US","phone":"","tax_id":"","balance":12.5,"balance_uninvoiced":-0.25,"euuid":"E1AF5EEC",
             "capabilities":["Linodes","Something New"],"active_since":"2018-01-01T00:01:01","active_promotions":[],"credit_card":{"last_four":null}}
            """);

        var account = await new LinodeClient("the-token", handler: api).Account.GetAsync(TestContext.Current.CancellationToken);

        Assert.Equal("GET /v4/account", Assert.Single(api.Sent).Line());
        Assert.Equal(("Ann", "1 Street", 12.5m, -0.25m), (account.FirstName, account.Address1, account.Balance, account.BalanceUninvoiced));
        Assert.Equal(["Linodes", "Something New"], account.Capabilities);
        Assert.Equal(new DateTimeOffset(2018, 1, 1, 0, 1, 1, TimeSpan.Zero), account.ActiveSince);
    }
}
