using Latchkey.LoginServer.Tests.Framework;

namespace Latchkey.LoginServer.Tests.Security;

public sealed class QuietLogsTests
{
    [Fact]
    [Spec("LX-04")]
    public async Task A_mangled_cookie_puts_no_error_into_the_log()
    {
        await using var host = await LoginServerHost.StartAsync();
        var browser = host.NewBrowser();

        var page = await browser.SendAsync(HttpMethod.Get, "/login", null, ("Cookie", "latchkey-csrf=CfDJ8=; latchkey-login=%zz"));

        Assert.Equal("Log in", page.Heading);
        Assert.DoesNotContain("Error ", host.Log.Text);
        Assert.DoesNotContain("Exception", host.Log.Text);
    }
}
