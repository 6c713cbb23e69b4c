using System.Net;
using System.Security.Cryptography;
using System.Text;
using Latchkey.AspNetCore;
using Latchkey.Linode;
using Latchkey.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.AspNetCore.Tests.Login;

/// <summary>The token ends at the server it came from, and the session whatever becomes of the token.</summary>
public sealed class SignOutTests
{
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
}
