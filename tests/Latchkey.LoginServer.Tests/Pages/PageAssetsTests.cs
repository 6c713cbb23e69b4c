using System.Net;
using Latchkey.LoginServer.Tests.Framework;
using Latchkey.Protocol;

namespace Latchkey.LoginServer.Tests.Pages;

public sealed class PageAssetsTests
{
    [Fact]
    public async Task Whatever_a_page_needs_comes_from_here_and_may_be_kept()
    {
        await using var host = await LoginServerHost.StartAsync();
        var browser = host.NewBrowser();
        var page = await browser.GetAsync("/login");

        var links = page.Page.QuerySelectorAll("link").Select(l => l.GetAttribute("href")!).ToList();

        Assert.Equal(2, links.Count);
        foreach (var link in links)
        {
            Assert.StartsWith("/assets/", link);
            var asset = await browser.GetAsync(link);
            Assert.Equal(HttpStatusCode.OK, asset.Status);
            Assert.Contains("immutable", asset.Header("Cache-Control"));
        }
    }

    [Fact]
    public async Task The_style_sheet_fetches_nothing_from_anywhere()
    {
        await using var host = await LoginServerHost.StartAsync();
        var browser = host.NewBrowser();
        var style = (await browser.GetAsync("/login")).Page.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href")!;

        var text = (await browser.GetAsync(style)).Text;

        Assert.DoesNotContain("url(", text);
        Assert.DoesNotContain("@import", text);
        Assert.Contains("prefers-color-scheme: dark", text);
    }

    /// <summary>RFC 9110 §9.3.2: HEAD is GET without the body.</summary>
    [Fact]
    [Spec("RFC9110-9.3.2")]
    public async Task HEAD_tells_what_GET_would_without_the_body()
    {
        await using var host = await LoginServerHost.StartAsync();
        var browser = host.NewBrowser();
        var style = (await browser.GetAsync("/login")).Page.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href")!;

        foreach (var path in (string[])[style, OAuthPaths.Metadata])
        {
            var get = await browser.GetAsync(path);
            var head = await browser.SendAsync(HttpMethod.Head, path);

            Assert.Equal(HttpStatusCode.OK, head.Status);
            Assert.Empty(head.Text);
            Assert.NotEmpty(get.Text);
            Assert.Equal(get.Response.Content.Headers.ToString(), head.Response.Content.Headers.ToString());
            Assert.Equal(get.Response.Headers.ToString(), head.Response.Headers.ToString());
        }

        Assert.Equal(HttpStatusCode.NotFound, (await browser.SendAsync(HttpMethod.Head, "/assets/x")).Status);
    }

    [Theory]
    [InlineData("/assets/latchkey.css")]
    [InlineData("/assets/latchkey.0000000000000000.css")]
    [InlineData("/assets/..%2f..%2fappsettings.json")]
    public async Task Nothing_else_lies_there(string path)
    {
        await using var host = await LoginServerHost.StartAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await host.NewBrowser().GetAsync(path)).Status);
    }

    [Fact]
    public async Task Pages_have_a_language_a_title_labels_and_a_way_past_the_head()
    {
        await using var host = await LoginServerHost.StartAsync();

        var page = (await host.NewBrowser().GetAsync("/login")).Page;

        Assert.Equal("Log in · Latchkey", page.Title);
        Assert.NotNull(page.QuerySelector("meta[name=viewport]"));
        Assert.Equal("#main", page.QuerySelector("a.skip")!.GetAttribute("href"));
        Assert.All(
            page.QuerySelectorAll("input:not([type=hidden])"),
            input => Assert.NotNull(page.QuerySelector($"label[for={input.Id}]")));
        Assert.Equal("username", page.QuerySelector("input[name=username]")!.GetAttribute("autocomplete"));
        Assert.Equal("current-password", page.QuerySelector("input[name=password]")!.GetAttribute("autocomplete"));
    }
}
