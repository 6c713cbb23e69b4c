using System.Net;
using Latchkey.Core.Clients;
using Latchkey.LoginServer.Tests.Framework;
using Latchkey.Storage.Clients;

namespace Latchkey.LoginServer.Tests.Authorization;

/// <summary>When a person is asked to log in or to agree, again or for the first time, and when nobody is asked.</summary>
public sealed class PromptTests
{
    [Fact]
    [Spec("AZ-30")]
    public async Task Prompt_none_without_a_session_is_answered_without_a_page()
    {
        await using var host = await LoginServerHost.StartAsync();
        var client = await host.AddClientAsync();

        var answer = await host.NewBrowser().GetAsync(App.Authorize(client, ("prompt", "none")));

        Assert.Equal("login_required", answer.Parameter("error"));
    }

    [Fact]
    [Spec("AZ-31")]
    public async Task Prompt_none_needs_a_remembered_consent()
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        var client = await host.AddClientAsync();
        var browser = await host.LogInAsync();

        Assert.Equal("consent_required", (await browser.GetAsync(App.Authorize(client, ("prompt", "none")))).Parameter("error"));
        await browser.SubmitAsync((await browser.GetAsync(App.Authorize(client))).Form("/oauth/consent").Press("decision", "allow"));
        Assert.NotNull((await browser.GetAsync(App.Authorize(client, ("prompt", "none")))).Parameter("code"));
    }

    [Theory]
    [Spec("AZ-38")]
    [InlineData("eyJhbGciOiJub25lIn0.eyJzdWIiOiJtYXJpYSJ9.")]
    [InlineData("not a token")]
    public async Task A_hint_at_somebody_logs_nobody_in_and_gets_no_other_person_unasked(string hint)
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        var client = await host.AddClientAsync();
        (string, string?) hinted = ("id_token_hint", hint), silently = ("prompt", "none");
        var stranger = await host.NewBrowser().GetAsync(App.Authorize(client, hinted, silently));
        Assert.Equal("login_required", stranger.Parameter("error"));
        Assert.StartsWith("/login?", (await host.NewBrowser().GetAsync(App.Authorize(client, hinted))).Location);

        var browser = await host.LogInAsync();
        var page = await browser.GetAsync(App.Authorize(client, hinted));
        Assert.NotNull((await browser.SubmitAsync(page.Form("/oauth/consent").Press("decision", "allow"))).Parameter("code"));

        // Who is logged in may not be the one the hint is about, and no page would show it.
        Assert.Equal("login_required", (await browser.GetAsync(App.Authorize(client, hinted, silently))).Parameter("error"));
        Assert.NotNull((await browser.GetAsync(App.Authorize(client, silently))).Parameter("code"));
    }

    [Theory]
    [Spec("AZ-34")]
    [Spec("AZ-35")]
    [InlineData("prompt", "login")]
    [InlineData("max_age", "0")]
    [InlineData("max_age", "1")]
    public async Task A_fresh_login_is_asked_for_once(string name, string value)
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        var client = await host.AddClientAsync(new NewClient { Label = "App", RedirectUris = [App.Callback], Trusted = true });
        var browser = await host.LogInAsync();
        host.Clock.Advance(TimeSpan.FromSeconds(2));

        var login = await browser.FollowAsync(await browser.GetAsync(App.Authorize(client, (name, value))));
        Assert.Equal("/login", login.Url.AbsolutePath);
        var loggedIn = await browser.SubmitAsync(login.Form("/login").Set("username", "maria").Set("password", LoginServerHost.Password));
        host.Clock.Advance(TimeSpan.FromSeconds(2));
        var answer = await browser.FollowAsync(loggedIn);

        Assert.NotNull(answer.Parameter("code"));
        Assert.Equal(App.State, answer.Parameter("state"));
    }

    [Fact]
    [Spec("AZ-39")]
    [Spec("LO-16")]
    public async Task A_remembered_consent_is_silent_for_a_client_that_proves_itself_and_asked_again_for_one_that_cannot()
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        var confidential = await host.AddClientAsync();
        var open = await host.AddClientAsync(new NewClient { Label = "Desk", RedirectUris = ["http://127.0.0.1/cb"], Public = true });
        var browser = await host.LogInAsync();
        foreach (var client in new[] { confidential, open })
        {
            await browser.SubmitAsync((await browser.GetAsync(App.Authorize(client))).Form("/oauth/consent").Press("decision", "allow"));
        }

        Assert.NotNull((await browser.GetAsync(App.Authorize(confidential, ("scope", "linodes:read_only")))).Parameter("code"));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(App.Authorize(open))).Status);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(App.Authorize(confidential, ("scope", "domains:read_only")))).Status);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(App.Authorize(confidential, ("prompt", "consent")))).Status);
    }

    [Fact]
    [Spec("LO-16")]
    [Spec("RFC6749-10.2")]
    public async Task A_remembered_consent_counts_for_the_address_and_the_api_it_was_given_for()
    {
        const string other = "https://two.example/cb", api = "https://api.example/v1";
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        await host.AddClientAsync(new NewClient { Label = "API", Api = true, Resource = api });
        var client = await host.AddClientAsync(new NewClient { Label = "App", RedirectUris = [App.Callback, other] });
        var browser = await host.LogInAsync();
        (string, string?) there = ("redirect_uri", other), forApi = ("resource", api), silently = ("prompt", "none");
        foreach (var changes in new (string, string?)[][] { [], [there], [forApi], [there, forApi] })
        {
            Assert.Equal("consent_required", (await browser.GetAsync(App.Authorize(client, [.. changes, silently]))).Parameter("error"));
            await browser.SubmitAsync((await browser.GetAsync(App.Authorize(client, changes))).Form("/oauth/consent").Press("decision", "allow"));
            Assert.NotNull((await browser.GetAsync(App.Authorize(client, [.. changes, silently]))).Parameter("code"));
        }

        Assert.NotNull((await browser.GetAsync(App.Authorize(client, silently))).Parameter("code"));
    }

    [Fact]
    public async Task An_app_that_need_not_name_its_address_is_remembered_as_well()
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        var client = await host.AddClientAsync(new NewClient { Label = "App", RedirectUris = [App.Callback], Compatibility = Compatibility.Linode });
        var browser = await host.LogInAsync();
        (string, string?) unnamed = ("redirect_uri", null), silently = ("prompt", "none");
        await browser.SubmitAsync((await browser.GetAsync(App.Authorize(client))).Form("/oauth/consent").Press("decision", "allow"));

        Assert.NotNull((await browser.GetAsync(App.Authorize(client, unnamed, silently))).Parameter("code"));
        Assert.NotNull((await browser.GetAsync(App.Authorize(client, ("redirect_uri", App.Callback + "?next=%2Fhome"), silently))).Parameter("code"));
    }
}
