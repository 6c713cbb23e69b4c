using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace InstallOnLinode.Tests;

/// <summary>What a visitor meets, from the order to the page that says how it ended.</summary>
public sealed class InstallTests
{
    [Fact]
    public async Task An_order_becomes_a_linode_and_the_access_is_given_back()
    {
        await using var visit = await Visit.StartAsync();

        var page = await visit.Browser.InstallAsync();

        var text = page.Body!.TextContent;
        Assert.Contains("linode1", text, StringComparison.Ordinal);
        Assert.Contains("203.0.113.1", text, StringComparison.Ordinal);
        using var order = JsonDocument.Parse(Assert.Single(visit.Linode.Created));
        Assert.Equal("eu-west", order.RootElement.GetProperty("region").GetString());
        Assert.Equal("g6-nanode-1", order.RootElement.GetProperty("type").GetString());
        Assert.Equal("linode/debian12", order.RootElement.GetProperty("image").GetString());
        Assert.Equal(7, order.RootElement.GetProperty("stackscript_id").GetInt32());
        Assert.Equal("Notes & <b>", order.RootElement.GetProperty("stackscript_data").GetProperty("title").GetString());
        Assert.Equal(page.QuerySelector(".secret")!.TextContent, order.RootElement.GetProperty("root_pass").GetString());
        Assert.Empty(visit.Linode.LivingTokens);
    }

    [Fact]
    public async Task No_more_is_asked_for_than_an_installation_takes()
    {
        await using var visit = await Visit.StartAsync();

        await visit.Browser.LogInAsync();

        var asked = Assert.Single(visit.Linode.Authorizations);
        Assert.Equal("linodes:read_write stackscripts:read_only", asked["scope"]);
        Assert.Equal("code", asked["response_type"]);
        Assert.Equal("S256", asked["code_challenge_method"]);
        Assert.Equal(new Uri(visit.Url, "/oauth/callback").ToString(), asked["redirect_uri"]);
    }

    [Fact]
    public async Task The_root_password_is_shown_once_and_to_the_browser_that_ordered()
    {
        await using var visit = await Visit.StartAsync();
        using var stranger = new Browser(visit.Url);
        var path = await visit.Browser.ComeBackAsync(await visit.Browser.LogInAsync());

        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(path)).StatusCode);
        var first = await visit.Browser.OpenAsync(path);
        var again = await visit.Browser.OpenAsync(path);

        Assert.NotNull(first.QuerySelector(".secret"));
        Assert.Null(again.QuerySelector(".secret"));
        Assert.Contains("linode1", again.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_who_denies_is_told_that_nothing_happened()
    {
        await using var visit = await Visit.StartAsync();
        visit.Linode.Decision = null;

        var page = await visit.Browser.InstallAsync();

        Assert.Contains("denied", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Empty(visit.Linode.Created);
    }

    [Theory]
    [InlineData("stackscripts:read_only", "linodes:read_write")]
    [InlineData("linodes:read_only stackscripts:read_only", "linodes:read_write")]
    [InlineData("linodes:read_write", "stackscripts:read_only")]
    [InlineData("", "linodes:read_write, stackscripts:read_only")]
    public async Task Somebody_who_grants_less_is_told_what_is_missing(string granted, string missing)
    {
        await using var visit = await Visit.StartAsync();
        visit.Linode.Decision = granted;

        var page = await visit.Browser.InstallAsync();

        Assert.Contains("insufficient scopes", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(missing, string.Join(", ", page.QuerySelectorAll("li code").Select(c => c.TextContent)));
        Assert.Empty(visit.Linode.Created);
        Assert.Empty(visit.Linode.LivingTokens);
    }

    [Fact]
    public async Task A_refused_installation_says_why_and_leaves_no_living_token()
    {
        await using var visit = await Visit.StartAsync();
        visit.Linode.CreateStatus = 400;

        var page = await visit.Browser.InstallAsync();

        Assert.Contains("failed", page.Title!, StringComparison.Ordinal);
        Assert.Contains("Account limit reached.", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector(".secret"));
        Assert.Equal(1, visit.Linode.Issued);
        Assert.Empty(visit.Linode.LivingTokens);
    }

    [Fact]
    public async Task A_refused_code_ends_at_a_page_that_says_so()
    {
        await using var visit = await Visit.StartAsync();
        visit.Linode.TokenStatus = 400;

        var page = await visit.Browser.InstallAsync();

        Assert.Contains("The code has expired.", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Empty(visit.Linode.Created);
    }

    [Fact]
    [Spec("CL-10")]
    public async Task A_token_that_could_not_be_expired_is_admitted()
    {
        await using var visit = await Visit.StartAsync();
        visit.Linode.RevokeStatus = 500;

        var page = await visit.Browser.InstallAsync();

        Assert.Contains("could not give back our access", page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("linode1", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    [Spec("CL-05")]
    public async Task A_callback_used_twice_installs_once()
    {
        await using var visit = await Visit.StartAsync();
        var callback = await visit.Browser.LogInAsync();

        var first = await visit.Browser.ComeBackAsync(callback);
        var second = await visit.Browser.ComeBackAsync(callback);

        Assert.Equal("/cancelled", second);
        Assert.Contains("cancelled", (await visit.Browser.OpenAsync(second)).Title!, StringComparison.Ordinal);
        Assert.Contains("linode1", (await visit.Browser.OpenAsync(first)).Body!.TextContent, StringComparison.Ordinal);
        Assert.Single(visit.Linode.Created);
        Assert.Empty(visit.Linode.LivingTokens);
    }

    [Fact]
    [Spec("CL-05")]
    public async Task Two_tabs_install_one_linode_each()
    {
        await using var visit = await Visit.StartAsync();
        var one = await visit.Browser.LogInAsync();
        var two = await visit.Browser.LogInAsync();

        var second = await visit.Browser.OpenAsync(await visit.Browser.ComeBackAsync(two));
        var first = await visit.Browser.OpenAsync(await visit.Browser.ComeBackAsync(one));

        Assert.Contains("linode1", second.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("linode2", first.Body!.TextContent, StringComparison.Ordinal);
        Assert.Empty(visit.Linode.LivingTokens);
    }

    [Theory]
    [InlineData("/oauth/callback")]
    [InlineData("/oauth/callback?code=c1&state=made-up")]
    [InlineData("/oauth/callback?error=access_denied")]
    [Spec("CL-01")]
    public async Task A_callback_of_no_login_asks_nobody_for_a_token(string callback)
    {
        await using var visit = await Visit.StartAsync();

        Assert.Equal("/cancelled", await visit.Browser.ComeBackAsync(callback));
        Assert.Empty(visit.Linode.LivingTokens);
    }

    [Fact]
    [Spec("CL-01")]
    public async Task A_callback_in_another_browser_installs_nothing()
    {
        await using var visit = await Visit.StartAsync();
        using var stranger = new Browser(visit.Url);
        var callback = await visit.Browser.LogInAsync();

        Assert.Equal("/cancelled", await stranger.ComeBackAsync(callback));
        Assert.Empty(visit.Linode.Created);
        Assert.Empty(visit.Linode.LivingTokens);
    }

    [Fact]
    public async Task An_order_waits_for_an_hour_at_most()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var visit = await Visit.StartAsync(b => b.Services.AddSingleton<TimeProvider>(clock));
        var path = await visit.Browser.ComeBackAsync(await visit.Browser.LogInAsync());

        clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(HttpStatusCode.NotFound, (await visit.Browser.GetAsync(path)).StatusCode);
    }

    [Fact]
    [Spec("CL-09")]
    public async Task Cookies_are_out_of_reach_of_scripts_and_hold_no_token()
    {
        await using var visit = await Visit.StartAsync();

        await visit.Browser.InstallAsync();

        Assert.All(visit.Browser.Cookies, cookie =>
        {
            Assert.StartsWith("install-on-linode", cookie.Name, StringComparison.Ordinal);
            Assert.True(cookie.HttpOnly, cookie.Name);
            Assert.DoesNotContain("tokenc1", cookie.Value, StringComparison.Ordinal);
        });
    }
}
