using System.Net;
using System.Security.Cryptography;
using System.Text;
using Latchkey.AspNetCore;
using Latchkey.Linode;
using Latchkey.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.AspNetCore.Tests.Login;

/// <summary>Logins that do not come about: the person says no, or a server does.</summary>
public sealed class LoginFailureTests
{
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
    public async Task A_browser_closed_while_the_code_is_exchanged_leaves_no_living_token()
    {
        await using var app = await LoginApp.StartAsync(o => o.FetchProfile = false);
        var silence = new TaskCompletionSource();
        app.Login.MayAnswer = silence.Task;
        var browser = app.NewBrowser();
        var asked = await browser.BeginAsync();
        using var closed = new CancellationTokenSource();

        var login = browser.ReturnAsync(asked["state"], cancellationToken: closed.Token);
        await app.Login.ArrivalAsync();
        await closed.CancelAsync();
        silence.SetResult();

        await app.Login.ArrivalAsync();
        Assert.Equal(("/oauth/revoke", "lka-canary"), (app.Login.Sent[^1].Path, app.Login.Sent[^1].Form["token"]));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => login);
    }

    [Fact]
    public async Task A_login_that_fails_on_the_way_to_the_cookie_leaves_no_living_token()
    {
        await using var app = await LoginApp.StartAsync(o => o.Events.OnTicketReceived = _ => throw new InvalidOperationException("no such customer"));
        var browser = app.NewBrowser();
        var asked = await browser.BeginAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => browser.ReturnAsync(asked["state"]));

        Assert.Equal(("/oauth/revoke", "lka-canary"), (app.Login.Sent[^1].Path, app.Login.Sent[^1].Form["token"]));
        Assert.Equal("nobody", await browser.TextAsync("/anybody"));
    }

    [Fact]
    public async Task A_login_that_fails_in_the_apps_own_code_leaves_no_living_token()
    {
        await using var app = await LoginApp.StartAsync(o => o.Events.OnCreatingTicket = _ => throw new InvalidOperationException("no such customer"));
        var browser = app.NewBrowser();

        Assert.Equal("/failed?why=InvalidOperationException", await browser.ReturnAsync((await browser.BeginAsync())["state"]));

        Assert.Equal(("/oauth/revoke", "lka-canary"), (app.Login.Sent[^1].Path, app.Login.Sent[^1].Form["token"]));
    }
}
