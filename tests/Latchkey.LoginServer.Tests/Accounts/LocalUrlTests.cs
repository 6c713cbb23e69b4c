using Latchkey.LoginServer.Accounts;

namespace Latchkey.LoginServer.Tests.Accounts;

public sealed class LocalUrlTests
{
    [Theory]
    [Spec("LG-17")]
    [InlineData("//e.example")]
    [InlineData("/\\e.example")]
    [InlineData("/%09/e.example")]
    [InlineData("/\t/e.example")]
    [InlineData("https:e.example")]
    [InlineData("https://e.example/")]
    [InlineData("/..//e.example")]
    [InlineData("\\x2f\\x2fe.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/login\r\nSet-Cookie: a=b")]
    [InlineData("/%2F/e.example")]
    [InlineData("/account/../..//e.example")]
    [InlineData("/account//e.example")]
    [InlineData("/account/./x")]
    [InlineData("login")]
    [InlineData("")]
    [InlineData(null)]
    public void What_might_lead_elsewhere_leads_home(string? url) => Assert.Equal("/", LocalUrl.OrHome(url));

    [Theory]
    [InlineData("/")]
    [InlineData("/logout")]
    [InlineData("/oauth/authorize?client_id=1&redirect_uri=https%3A%2F%2Fapp.example%2Fcb&state=%F0%9F%94%91")]
    public void A_page_of_ours_stays_as_it_is(string url) => Assert.Equal(url, LocalUrl.OrHome(url));
}
