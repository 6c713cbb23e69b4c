using System.Net;
using System.Security.Cryptography;
using System.Text;
using Latchkey.AspNetCore;
using Latchkey.Linode;
using Latchkey.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.AspNetCore.Tests.Login;

public sealed class AddLinodeTests
{
    [Fact]
    [Spec("RFC6749-4.1")]
    public async Task A_login_brings_the_token_and_who_it_is()
    {
        await using var app = await LoginApp.StartAsync();
        var browser = app.NewBrowser();

        var asked = await browser.BeginAsync();

        Assert.Equal(
            ("code", "the-client", "linodes:read_write stackscripts:read_only", "S256", "http://localhost/oauth/callback"),
            (asked["response_type"], asked["client_id"], asked["scope"], asked["code_challenge_method"], asked["redirect_uri"]));
        Assert.Equal("/me", await browser.ReturnAsync(asked["state"]));
        Assert.Equal(
            "42 ann ann@example.org [linodes:read_only] lka-canary lkr-canary [linodes:read_only] True",
            await browser.TextAsync("/me"));
        var sent = app.Login.Sent[0].Form;
        Assert.Equal(
            ("authorization_code", "code-canary", "http://localhost/oauth/callback", "the-client", "secret-canary"),
            (sent["grant_type"], sent["code"], sent["redirect_uri"], sent["client_id"], sent["client_secret"]));
        Assert.True(CodeVerifier.TryParse(sent["code_verifier"], out var verifier));
        Assert.Equal(asked["code_challenge"], CodeChallenge.Of(verifier).Text);
        Assert.Equal("Bearer lka-canary", app.Login.Sent[1].Authorization);
    }

    [Theory]
    [InlineData("")]
    [InlineData("made-up")]
    [Spec("CL-01")]
    public async Task A_state_that_was_not_given_out_is_refused(string state)
    {
        await using var app = await LoginApp.StartAsync();
        var browser = app.NewBrowser();
        await browser.BeginAsync();

        Assert.StartsWith("/failed", await browser.ReturnAsync(state), StringComparison.Ordinal);
        Assert.Empty(app.Login.Sent);
    }

    [Fact]
    [Spec("CL-01")]
    [Spec("RFC9700-4.7")]
    public async Task A_callback_in_another_browser_is_refused()
    {
        await using var app = await LoginApp.StartAsync();
        var asked = await app.NewBrowser().BeginAsync();

        Assert.StartsWith("/failed", await app.NewBrowser().ReturnAsync(asked["state"]), StringComparison.Ordinal);
        Assert.Empty(app.Login.Sent);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("https://evil.example")]
    [InlineData("http://localhost:5080.evil.example")]
    [Spec("CL-02")]
    [Spec("RFC9207-2.4")]
    public async Task A_callback_of_another_login_server_is_refused(string? iss)
    {
        await using var app = await LoginApp.StartAsync();
        var browser = app.NewBrowser();
        var asked = await browser.BeginAsync();

        Assert.Equal("/failed?why=WrongIssuer", await browser.ReturnAsync(asked["state"], iss: iss));
        Assert.Empty(app.Login.Sent);
    }

    [Fact]
    public async Task A_server_that_never_sends_iss_can_be_lived_with()
    {
        await using var app = await LoginApp.StartAsync(o => o.RequireIssuer = false);
        var browser = app.NewBrowser();

        Assert.Equal("/me", await browser.ReturnAsync((await browser.BeginAsync())["state"], iss: null));
    }

    [Fact]
    [Spec("CL-05")]
    public async Task Two_tabs_log_in_side_by_side()
    {
        await using var app = await LoginApp.StartAsync();
        var browser = app.NewBrowser();
        var (first, second) = (await browser.BeginAsync(), await browser.BeginAsync());

        Assert.NotEqual(first["state"], second["state"]);
        Assert.NotEqual(first["code_challenge"], second["code_challenge"]);
        Assert.Equal("/me", await browser.ReturnAsync(second["state"]));
        Assert.Equal("/me", await browser.ReturnAsync(first["state"]));
    }

    [Fact]
    [Spec("CL-05")]
    public async Task A_callback_address_works_once_and_a_second_time_leaves_the_session_alone()
    {
        await using var app = await LoginApp.StartAsync();
        var browser = app.NewBrowser();
        var asked = await browser.BeginAsync();
        await browser.ReturnAsync(asked["state"]);
        var before = app.Login.Sent.Count;

        Assert.StartsWith("/failed", await browser.ReturnAsync(asked["state"]), StringComparison.Ordinal);

        Assert.Equal(before, app.Login.Sent.Count);
        Assert.StartsWith("42 ann", await browser.TextAsync("/me"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_challenge_may_ask_for_something_else()
    {
        await using var app = await LoginApp.StartAsync();
        app.Login.Paths["/oauth/token"] = _ => FakeLoginServer.Json("""{"access_token":"lka-canary","token_type":"bearer","expires_in":7200,"refresh_token":"lkr-canary"}""");
        var browser = app.NewBrowser();

        var asked = await browser.BeginAsync("/narrow");
        await browser.ReturnAsync(asked["state"]);

        Assert.Equal("domains:read_only", asked["scope"]);
        Assert.Contains("[domains:read_only]", await browser.TextAsync("/me"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_goes_to_no_API_that_was_not_named()
    {
        await using var app = await LoginApp.StartAsync(o => o.ApiServer = null);
        var browser = app.NewBrowser();

        await browser.ReturnAsync((await browser.BeginAsync())["state"]);

        Assert.Equal(["/oauth/token"], app.Login.Sent.Select(s => s.Path));
    }

    [Fact]
    [Spec("CL-09")]
    public async Task No_token_code_or_secret_reaches_log_cookie_or_address()
    {
        await using var app = await LoginApp.StartAsync();
        var browser = app.NewBrowser();
        var asked = await browser.BeginAsync();
        var back = await browser.GetAsync($"/oauth/callback?code=code-canary&state={Uri.EscapeDataString(asked["state"])}&iss=http%3A%2F%2Flocalhost%3A5080");
        app.Login.IsDown = true;
        await browser.SendAsync(HttpMethod.Post, "/logout");

        var ours = string.Join('\n', app.Logged.Where(l => !l.Contains("Request starting", StringComparison.Ordinal) && !l.Contains("Request finished", StringComparison.Ordinal)));
        foreach (var canary in new[] { "lka-canary", "lkr-canary", "secret-canary", "code-canary" })
        {
            Assert.DoesNotContain(canary, ours, StringComparison.Ordinal);
            Assert.DoesNotContain(canary, back.Headers.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_cookies_have_names_of_their_own_and_come_back_over_plain_loopback()
    {
        await using var app = await LoginApp.StartAsync(o => o.CorrelationCookie.Name = "my-login.");

        var answer = await app.NewBrowser().GetAsync("/me");

        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("my-login.", cookie, StringComparison.Ordinal);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("secure", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    [Spec("CL-11")]
    public void Settings_that_cannot_work_are_refused()
    {
        Assert.Throws<InvalidOperationException>(new LinodeOptions().Validate);
        Assert.Throws<ArgumentException>(new LinodeOptions { ClientId = "c", LoginServer = new Uri("http://login.example.com") }.Validate);
        Assert.Throws<InvalidOperationException>(new LinodeOptions { ClientId = "c", CallbackPath = null }.Validate);
        new LinodeOptions { ClientId = "public" }.Validate();
    }

    [Fact]
    [Spec("CL-11")]
    public async Task A_login_server_without_a_host_is_named_at_the_start()
    {
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            LoginApp.StartAsync(o => o.LoginServer = new Uri("login.example.com", UriKind.Relative)));

        Assert.Contains("AddLinode: set LoginServer", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_that_cannot_work_stop_the_start()
    {
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => LoginApp.StartAsync(o => o.ClientId = " "));

        Assert.Contains("AddLinode: set ClientId", refusal.Message, StringComparison.Ordinal);
    }
}
