using System.Net;
using Latchkey.LoginServer.Tests.Framework;

namespace Latchkey.LoginServer.Tests.Accounts;

public sealed class LogoutTests
{
    [Fact]
    public async Task Logout_asks_once_and_then_says_so()
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        var browser = await host.LogInAsync();

        var question = await browser.GetAsync("/logout");
        var answer = await browser.SubmitAsync(question.Form("/logout"));
        var after = await browser.FollowAsync(answer);

        Assert.Equal("Log out?", question.Heading);
        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        Assert.Equal("You are logged out", after.Heading);
        Assert.Empty(after.Page.Forms);
    }

    [Theory]
    [Spec("LO-01")]
    [Spec("LO-02")]
    [Spec("LO-03")]
    [InlineData("")]
    [InlineData("&id_token_hint=eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.")]
    [InlineData("&id_token_hint=forged.forged.forged&client_id=CLIENT")]
    public async Task No_hint_logs_anybody_out_unasked_and_nobody_is_sent_elsewhere(string hint)
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        var client = await host.AddClientAsync();
        var browser = await host.LogInAsync();
        foreach (var address in new[] { App.Callback, "https://evil.example/", App.Callback + "?x=1" })
        {
            var url = $"/logout?state=x&post_logout_redirect_uri={Uri.EscapeDataString(address)}{hint.Replace("CLIENT", client.Id, StringComparison.Ordinal)}";

            var asked = await browser.GetAsync(url);

            Assert.Equal((HttpStatusCode.OK, "Log out?"), (asked.Status, asked.Heading));
            Assert.DoesNotContain("example/", asked.Text);
            Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/account")).Status);
            var answer = await browser.SubmitAsync(asked.Form("/logout").To(url));
            Assert.Equal("/logout", answer.Location);
            Assert.Equal(HttpStatusCode.SeeOther, (await browser.GetAsync("/account")).Status);
            browser = await host.LogInAsync();
        }
    }

    [Fact]
    [Spec("LO-04")]
    public async Task An_image_or_form_elsewhere_leaves_the_session()
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        var browser = await host.LogInAsync();

        await browser.GetAsync("/logout");
        var bare = await browser.PostAsync("/logout");
        var crossSite = await browser.SubmitAsync((await browser.GetAsync("/logout")).Form("/logout"), ("Sec-Fetch-Site", "cross-site"));

        Assert.Equal(HttpStatusCode.BadRequest, bare.Status);
        Assert.Equal(HttpStatusCode.Forbidden, crossSite.Status);
        Assert.Equal("You are logged in", (await browser.GetAsync("/")).Heading);
    }

    [Fact]
    [Spec("LO-08")]
    public async Task A_form_from_an_earlier_session_does_nothing()
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        var browser = await host.LogInAsync();
        var old = (await browser.GetAsync("/logout")).Form("/logout");
        await LoginServerHost.LogInAsync(browser);

        var answer = await browser.SubmitAsync(old);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("You are logged in", (await browser.GetAsync("/")).Heading);
    }

    [Fact]
    [Spec("LO-20")]
    public async Task Pages_are_not_kept_for_the_back_button()
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        var browser = await host.LogInAsync();

        Assert.Contains("no-store", (await browser.GetAsync("/")).Header("Cache-Control"));
        Assert.Contains("no-store", (await browser.GetAsync("/logout")).Header("Cache-Control"));
    }
}
