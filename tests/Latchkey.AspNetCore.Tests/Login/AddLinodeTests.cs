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
    public async Task Whoever_said_no_gets_a_page_that_says_so()
    {
        await using var app = await LoginApp.StartAsync();
        var browser = app.NewBrowser();
        var asked = await browser.BeginAsync();

        Assert.StartsWith(
            "http://localhost/denied", await browser.ReturnAsync(asked["state"], "error=access_denied"), StringComparison.Ordinal);
        Assert.Empty(app.Login.Sent);
    }

    [Theory]
    [InlineData("error=access_denied", "https://evil.example")]
    [InlineData("error=access_denied", null)]
    [InlineData("error=invalid_scope", "https://evil.example")]
    [Spec("CL-02")]
    [Spec("RFC9207-2.4")]
    public async Task An_error_of_another_login_server_is_no_denial(string error, string? iss)
    {
        await using var app = await LoginApp.StartAsync();
        var browser = app.NewBrowser();

        Assert.Equal("/failed?why=WrongIssuer", await browser.ReturnAsync((await browser.BeginAsync())["state"], error, iss));
        Assert.Empty(app.Login.Sent);
    }

    [Theory]
    [InlineData("error=invalid_scope", "RequestRejected")]
    [InlineData("error=temporarily_unavailable", "RequestRejected")]
    [InlineData("error=unauthorized_client", "ClientRejected")]
    [InlineData("error=invalid_scope&code=code-canary", "RequestRejected")]
    [InlineData("Error=invalid_scope&code=code-canary", "RequestRejected")]
    [InlineData("error=access_denied&error=invalid_scope", "RequestRejected")]
    public async Task A_login_server_that_refuses_says_why(string error, string why)
    {
        await using var app = await LoginApp.StartAsync();
        var browser = app.NewBrowser();

        Assert.Equal($"/failed?why={why}", await browser.ReturnAsync((await browser.BeginAsync())["state"], error));
        Assert.Empty(app.Login.Sent);
    }

    [Fact]
    public async Task A_denial_without_a_page_of_its_own_is_told_from_other_failures()
    {
        await using var app = await LoginApp.StartAsync(o => o.AccessDeniedPath = null);
        var browser = app.NewBrowser();

        Assert.Equal("/failed?why=AccessDenied", await browser.ReturnAsync((await browser.BeginAsync())["state"], "error=access_denied"));
    }

    [Theory]
    [InlineData("""{"error":"invalid_grant"}""", 400, "LogInAgain")]
    [InlineData("""{"error":"invalid_client"}""", 401, "ClientRejected")]
    [InlineData("<html>", 200, "NotOAuthException")]
    [InlineData("", 307, "NotOAuthException")]
    [InlineData("", 500, "OAuthUnreachableException")]
    public async Task A_login_that_fails_says_how(string body, int status, string why)
    {
        await using var app = await LoginApp.StartAsync();
        app.Login.Paths["/oauth/token"] = _ => FakeLoginServer.Json(body, status);
        var browser = app.NewBrowser();

        Assert.Equal($"/failed?why={why}", await browser.ReturnAsync((await browser.BeginAsync())["state"]));
        Assert.Equal("nobody", await browser.TextAsync("/anybody"));
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
    public async Task A_login_that_fails_at_the_profile_leaves_no_living_token()
    {
        await using var app = await LoginApp.StartAsync();
        app.Login.Paths["/v4/profile"] = _ => FakeLoginServer.Json("""{"errors":[{"reason":"Invalid Token"}]}""", 401);
        var browser = app.NewBrowser();

        Assert.Equal("/failed?why=LinodeTokenException", await browser.ReturnAsync((await browser.BeginAsync())["state"]));

        Assert.Equal(("/oauth/revoke", "lka-canary"), (app.Login.Sent[^1].Path, app.Login.Sent[^1].Form["token"]));
        Assert.Equal("nobody", await browser.TextAsync("/anybody"));
    }

    [Fact]
    public async Task A_browser_closed_before_the_profile_came_leaves_no_living_token()
    {
        await using var app = await LoginApp.StartAsync();
        var silence = new TaskCompletionSource();
        app.Login.Paths["/oauth/token"] = _ =>
        {
            app.Login.MayAnswer = silence.Task;
            return FakeLoginServer.Json("""{"access_token":"lka-canary","token_type":"bearer","expires_in":7200}""");
        };
        var browser = app.NewBrowser();
        var asked = await browser.BeginAsync();
        using var closed = new CancellationTokenSource();

        var login = browser.ReturnAsync(asked["state"], cancellationToken: closed.Token);
        await app.Login.ArrivalAsync();
        await app.Login.ArrivalAsync();
        Assert.Equal(["/oauth/token", "/v4/profile"], app.Login.Sent.Select(s => s.Path));
        await closed.CancelAsync();

        await app.Login.ArrivalAsync();
        Assert.Equal(("/oauth/revoke", "lka-canary"), (app.Login.Sent[^1].Path, app.Login.Sent[^1].Form["token"]));
        silence.SetResult();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => login);
    }

    [Fact]
    public async Task A_login_that_fails_in_the_apps_own_code_leaves_no_living_token()
    {
        await using var app = await LoginApp.StartAsync(o => o.Events.OnCreatingTicket = _ => throw new InvalidOperationException("no such customer"));
        var browser = app.NewBrowser();

        Assert.Equal("/failed?why=InvalidOperationException", await browser.ReturnAsync((await browser.BeginAsync())["state"]));

        Assert.Equal(("/oauth/revoke", "lka-canary"), (app.Login.Sent[^1].Path, app.Login.Sent[^1].Form["token"]));
    }

    [Fact]
    [Spec("CL-10")]
    public async Task Logging_out_ends_the_token_and_the_session()
    {
        await using var app = await LoginApp.StartAsync();
        var browser = app.NewBrowser();
        await browser.ReturnAsync((await browser.BeginAsync())["state"]);

        var answer = await browser.SendAsync(HttpMethod.Post, "/logout");

        Assert.Equal("ended", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("lka-canary", app.Login.Sent[^1].Form["token"]);
        Assert.Equal("nobody", await browser.TextAsync("/anybody"));
    }

    [Fact]
    [Spec("CL-10")]
    public async Task A_login_server_that_is_down_keeps_nobody_logged_in_and_is_reported()
    {
        await using var app = await LoginApp.StartAsync();
        var browser = app.NewBrowser();
        await browser.ReturnAsync((await browser.BeginAsync())["state"]);
        app.Login.IsDown = true;

        var answer = await browser.SendAsync(HttpMethod.Post, "/logout");

        Assert.Equal("OAuthUnreachableException", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("nobody", await browser.TextAsync("/anybody"));
        Assert.Contains(app.Logged, l => l.StartsWith("TokenNotEnded", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/me", "/oauth/callback", "http://localhost:5080")]
    [InlineData("/work", "/oauth/work", "http://localhost:5090")]
    [Spec("CL-10")]
    public async Task Logging_out_ends_the_token_at_the_server_it_came_from(string page, string callback, string iss)
    {
        using var work = new FakeLoginServer().LoggingIn();
        await using var app = await LoginApp.StartAsync(beside: authentication => authentication.AddLinode("Work", o =>
        {
            o.LoginServer = new Uri("http://localhost:5090");
            o.ClientId = "the-client-at-work";
            o.CallbackPath = "/oauth/work";
            o.BackchannelHttpHandler = work;
        }));
        var browser = app.NewBrowser();
        var (home, other) = page == "/work" ? (work, app.Login) : (app.Login, work);
        Assert.Equal("/me", await browser.ReturnAsync((await browser.BeginAsync(page))["state"], iss: iss, path: callback));

        var answer = await browser.SendAsync(HttpMethod.Post, "/logout");

        Assert.Equal("ended", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(("/oauth/revoke", "lka-canary"), (home.Sent[^1].Path, home.Sent[^1].Form["token"]));
        Assert.Empty(other.Sent);
        Assert.Equal("nobody", await browser.TextAsync("/anybody"));
    }

    [Fact]
    [Spec("CL-10")]
    public async Task A_scheme_of_another_name_logs_out_without_being_told()
    {
        await using var app = await LoginApp.StartAsync(scheme: "Work");
        var browser = app.NewBrowser();
        await browser.ReturnAsync((await browser.BeginAsync())["state"]);

        var answer = await browser.SendAsync(HttpMethod.Post, "/logout");

        Assert.Equal("ended", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(("/oauth/revoke", "lka-canary"), (app.Login.Sent[^1].Path, app.Login.Sent[^1].Form["token"]));
        Assert.Equal("nobody", await browser.TextAsync("/anybody"));
    }

    [Fact]
    [Spec("CL-10")]
    public async Task A_token_that_no_scheme_knows_is_shown_to_nobody_and_the_session_ends()
    {
        await using var app = await LoginApp.StartAsync(
            o => o.Events.OnTicketReceived = context =>
            {
                // As an app does that signs in with properties of its own, and copies no more than the tokens.
                context.Properties!.Items.Remove(".AuthScheme");
                return Task.CompletedTask;
            },
            scheme: "Work");
        var browser = app.NewBrowser();
        await browser.ReturnAsync((await browser.BeginAsync())["state"]);
        var before = app.Login.Sent.Count;

        var answer = await browser.SendAsync(HttpMethod.Post, "/logout");

        Assert.Equal("OAuthRefusedException", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(before, app.Login.Sent.Count);
        Assert.Equal("nobody", await browser.TextAsync("/anybody"));
        Assert.Contains(app.Logged, l => l.StartsWith("TokenNotEnded", StringComparison.Ordinal));
    }

    [Fact]
    [Spec("CL-10")]
    public async Task A_handler_that_throws_what_it_likes_keeps_nobody_logged_in()
    {
        await using var app = await LoginApp.StartAsync();
        app.Login.Paths["/oauth/revoke"] = _ => throw new InvalidOperationException("a handler of the app");
        var browser = app.NewBrowser();
        await browser.ReturnAsync((await browser.BeginAsync())["state"]);

        var answer = await browser.SendAsync(HttpMethod.Post, "/logout");

        Assert.Equal("OAuthUnreachableException", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("nobody", await browser.TextAsync("/anybody"));
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
    public async Task A_login_server_without_a_host_is_named_as_what_is_wrong()
    {
        await using var app = await LoginApp.StartAsync(o => o.LoginServer = new Uri("login.example.com", UriKind.Relative));

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => app.NewBrowser().GetAsync("/me"));

        Assert.Contains("AddLinode: set LoginServer", refusal.Message, StringComparison.Ordinal);
    }
}
