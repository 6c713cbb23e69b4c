using System.Net;
using Latchkey.LoginServer.Tests.Framework;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Latchkey.LoginServer.Tests.Account;

/// <summary>What holds for each of a person's own pages.</summary>
public sealed class AccountPagesTests
{
    [Fact]
    public async Task A_stranger_is_sent_to_log_in_and_back()
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        var browser = host.NewBrowser();

        var stranger = await browser.GetAsync("/account");
        var arrived = await browser.FollowAsync(await LoginServerHost.LogInAsync(browser, page: stranger.Location!));

        Assert.Equal(HttpStatusCode.SeeOther, stranger.Status);
        Assert.Equal("/account", arrived.Url.AbsolutePath);
        Assert.Equal("Your account", arrived.Heading);
    }

    [Fact]
    public async Task The_home_page_leads_there()
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        var browser = await host.LogInAsync();

        Assert.NotNull((await browser.GetAsync("/")).Page.QuerySelector("a[href='/account']"));
        Assert.Null((await host.NewBrowser().GetAsync("/")).Page.QuerySelector("a[href='/account']"));
    }

    [Fact]
    public async Task Every_page_needs_a_login()
    {
        await using var host = await LoginServerHost.StartAsync();

        foreach (var path in Routes(host, HttpMethods.Get))
        {
            var answer = await host.NewBrowser().GetAsync(path);
            Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
            Assert.StartsWith("/login?return_url=", answer.Location, StringComparison.Ordinal);
        }
    }

    [Fact]
    [Spec("LO-08")]
    public async Task Every_form_needs_a_login_and_a_token_from_its_own_page()
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        var browser = await host.LogInAsync();
        await browser.GetAsync("/account");

        var paths = Routes(host, HttpMethods.Post);
        Assert.NotEmpty(paths);
        foreach (var path in paths)
        {
            var crossSite = await browser.SendAsync(HttpMethod.Post, path, new FormUrlEncodedContent([]), ("Sec-Fetch-Site", "cross-site"));
            Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync(path)).Status);
            Assert.Equal(HttpStatusCode.Forbidden, crossSite.Status);
            Assert.StartsWith("/login?return_url=%2Faccount", (await host.NewBrowser().PostAsync(path)).Location);
        }
    }

    [Fact]
    public async Task A_form_whose_session_has_ended_says_that_nothing_was_done_and_leads_back()
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        var pages = Routes(host, HttpMethods.Get);

        foreach (var path in Routes(host, HttpMethods.Post))
        {
            var login = await host.NewBrowser().FollowAsync(await host.NewBrowser().PostAsync(path));
            Assert.Contains("Nothing was changed", login.Text);
            Assert.Contains(login.Form("/login").Fields.Single(f => f.Key == "return_url").Value, pages);
        }

        var browser = host.NewBrowser();
        var stranger = await browser.PostAsync("/account/tokens/1/revoke");
        var arrived = await browser.FollowAsync(await LoginServerHost.LogInAsync(browser, page: stranger.Location!));

        Assert.Equal("/account/tokens", arrived.Url.AbsolutePath);
    }

    [Fact]
    [Spec("LO-08")]
    public async Task A_form_from_an_earlier_session_does_nothing()
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        await host.LogInAsync();
        var browser = await host.LogInAsync();
        var old = (await browser.GetAsync("/account")).Form("/account/sessions/end-others");
        await LoginServerHost.LogInAsync(browser);

        Assert.Equal(HttpStatusCode.BadRequest, (await browser.SubmitAsync(old)).Status);
    }

    [Fact]
    [Spec("LO-20")]
    public async Task Nothing_is_kept_for_the_back_button()
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        var browser = await host.LogInAsync();

        foreach (var path in Routes(host, HttpMethods.Get))
        {
            Assert.Contains("no-store", (await browser.GetAsync(path)).Header("Cache-Control"));
        }

        await browser.SubmitAsync((await browser.GetAsync("/logout")).Form("/logout"));
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.GetAsync("/account")).Status);
    }

    private static IReadOnlyList<string> Routes(LoginServerHost host, string method) =>
    [
        .. host.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains(method) == true)
            .Select(e => e.RoutePattern.RawText!)
            .Where(path => path.StartsWith("/account", StringComparison.Ordinal))
            .Select(path => path
                .Replace("{id:int}", "1", StringComparison.Ordinal)
                .Replace("{id:guid}", "00000000-0000-7000-8000-000000000000", StringComparison.Ordinal)
                .Replace("{id}", "0123456789abcdef0123", StringComparison.Ordinal)),
    ];
}
