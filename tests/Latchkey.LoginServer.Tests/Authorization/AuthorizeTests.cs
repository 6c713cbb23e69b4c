using System.Net;
using Latchkey.Core.Clients;
using Latchkey.LoginServer.Tests.Framework;
using Latchkey.Protocol;
using Latchkey.Storage.Clients;
using Latchkey.Storage.Grants;

namespace Latchkey.LoginServer.Tests.Authorization;

public sealed class AuthorizeTests
{
    [Fact]
    [Spec("AZ-01")]
    [Spec("AZ-23")]
    [Spec("AZ-24")]
    public async Task A_person_logs_in_agrees_and_is_sent_back_with_a_code()
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        var client = await host.AddClientAsync();
        var browser = host.NewBrowser();

        var first = await browser.GetAsync(App.Authorize(client));
        Assert.Equal(HttpStatusCode.SeeOther, first.Status);
        Assert.StartsWith("/login?", first.Location);
        var login = await browser.FollowAsync(first);
        Assert.Contains("Install on Linode", login.Text);
        var loggedIn = await browser.SubmitAsync(login.Form("/login").Set("username", "maria").Set("password", LoginServerHost.Password));
        var consent = await browser.FollowAsync(loggedIn);
        Assert.Equal(OAuthPaths.Authorize, consent.Url.AbsolutePath);
        var answer = await browser.SubmitAsync(consent.Form("/oauth/consent").Press("decision", "allow"));

        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        Assert.StartsWith(App.Callback + "?code=lkc", answer.Location);
        Assert.Equal(["code", "state", "iss"], answer.LocationParameters().Select(p => p.Key));
        Assert.Equal(App.State, answer.Parameter("state"));
        Assert.Equal(host.Issuer, answer.Parameter("iss"));
        Assert.DoesNotContain('#', answer.Location!);
    }

    [Fact]
    [Spec("AZ-23")]
    public async Task A_state_of_two_kilobytes_survives_the_way_through_login()
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        var client = await host.AddClientAsync(new NewClient { Label = "Trusted", RedirectUris = [App.Callback], Trusted = true });
        var browser = host.NewBrowser();
        var state = string.Concat(Enumerable.Repeat("+ & = # % \" < \U0001F511 é", 100));

        var login = await browser.FollowAsync(await browser.GetAsync(App.Authorize(client, ("state", state))));
        var loggedIn = await browser.SubmitAsync(login.Form("/login").Set("username", "maria").Set("password", LoginServerHost.Password));
        var answer = await browser.FollowAsync(loggedIn);

        Assert.Equal(state, answer.Parameter("state"));
    }

    [Theory]
    [Spec("AZ-02")]
    [Spec("AZ-04")]
    [InlineData("client_id", "00000000000000000000")]
    [InlineData("redirect_uri", "https://evil.example/cb")]
    public async Task An_unproven_client_or_address_is_told_to_the_person_alone(string name, string? value)
    {
        await using var host = await LoginServerHost.StartAsync();
        var client = await host.AddClientAsync();

        var answer = await host.NewBrowser().GetAsync(App.Authorize(client, (name, value)));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Null(answer.Location);
        Assert.StartsWith("text/html", answer.Header("Content-Type"));
        Assert.Equal("This link does not work", answer.Heading);
        Assert.Empty(answer.Page.Scripts);
        Assert.Null(answer.Header("Set-Cookie"));
    }

    [Fact]
    [Spec("AZ-51")]
    public async Task A_disabled_client_gets_no_redirect()
    {
        await using var host = await LoginServerHost.StartAsync();
        var client = await host.AddClientAsync();
        await host.Get<ClientStore>().SetStatusAsync(client.Id, ClientStatus.Disabled, TestContext.Current.CancellationToken);

        var answer = await host.NewBrowser().GetAsync(App.Authorize(client));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Null(answer.Location);
    }

    [Fact]
    [Spec("AZ-25")]
    [Spec("AZ-24")]
    public async Task Other_mistakes_go_back_to_the_client()
    {
        await using var host = await LoginServerHost.StartAsync();
        var client = await host.AddClientAsync();

        var answer = await host.NewBrowser().GetAsync(App.Authorize(client, ("code_challenge", null), ("code_challenge_method", null)));

        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        Assert.StartsWith(App.Callback + "?", answer.Location);
        Assert.Equal("invalid_request", answer.Parameter("error"));
        Assert.Equal(App.State, answer.Parameter("state"));
        Assert.Equal(host.Issuer, answer.Parameter("iss"));
        Assert.Null(answer.Parameter("code"));
    }

    [Fact]
    [Spec("AZ-08")]
    public async Task The_registered_query_stays_first()
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        var client = await host.AddClientAsync(new NewClient { Label = "App", RedirectUris = ["https://app.example/cb?tenant=7"], Trusted = true });
        var browser = await host.LogInAsync();

        var answer = await browser.GetAsync(App.Authorize(client));

        Assert.StartsWith("https://app.example/cb?tenant=7&code=", answer.Location);
    }

    [Fact]
    [Spec("AZ-22")]
    public async Task Form_post_answers_with_a_form_that_reaches_the_client_and_nobody_else()
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        var client = await host.AddClientAsync(new NewClient { Label = "App", RedirectUris = [App.Callback], Trusted = true });
        var browser = await host.LogInAsync();

        var answer = await browser.GetAsync(App.Authorize(client, ("response_mode", "form_post")));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var form = Assert.Single(answer.Page.Forms);
        Assert.Equal(App.Callback, form.GetAttribute("action"));
        Assert.Equal(["code", "state", "iss"], form.QuerySelectorAll("input").Select(i => i.GetAttribute("name")));
        Assert.Equal(App.State, form.QuerySelector("input[name=state]")!.GetAttribute("value"));
        Assert.NotNull(form.QuerySelector("button"));
        Assert.Contains("form-action https://app.example;", answer.Header("Content-Security-Policy"));
        Assert.Contains("no-store", answer.Header("Cache-Control"));
        var script = Assert.Single(answer.Page.Scripts).Source!;
        Assert.StartsWith("text/javascript", (await browser.GetAsync(script)).Header("Content-Type"));
    }

    [Fact]
    [Spec("AZ-43")]
    public async Task A_posted_request_is_like_a_fetched_one()
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        var client = await host.AddClientAsync(new NewClient { Label = "App", RedirectUris = [App.Callback], Trusted = true });
        var request = App.Request(client).Select(p => (p.Key, p.Value)).ToArray();

        var stranger = await host.NewBrowser().PostAsync(OAuthPaths.Authorize, request);
        var known = await (await host.LogInAsync()).PostAsync(OAuthPaths.Authorize, request);

        Assert.StartsWith("/login?", stranger.Location);
        Assert.NotNull(known.Parameter("code"));
    }

    [Fact]
    [Spec("AZ-43")]
    public async Task A_post_from_the_apps_own_page_finds_the_session_though_the_browser_kept_its_cookie_back()
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        var client = await host.AddClientAsync(new NewClient { Label = "App", RedirectUris = [App.Callback], Trusted = true });
        var browser = await host.LogInAsync();
        var content = new FormUrlEncodedContent(App.Request(client));

        var bounced = await host.NewBrowser().SendAsync(HttpMethod.Post, OAuthPaths.Authorize, content, ("Sec-Fetch-Site", "cross-site"));

        Assert.Equal(HttpStatusCode.SeeOther, bounced.Status);
        Assert.StartsWith(OAuthPaths.Authorize + "?", bounced.Location);
        Assert.NotNull((await browser.GetAsync(bounced.Location!)).Parameter("code"));
    }

    [Theory]
    [Spec("AZ-43")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("TRACE")]
    public async Task Other_methods_are_not_allowed(string method)
    {
        await using var host = await LoginServerHost.StartAsync();

        var answer = await host.NewBrowser().SendAsync(new HttpMethod(method), OAuthPaths.Authorize);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.Status);
        Assert.Equal("GET, POST", answer.Header("Allow"));
    }

    [Theory]
    [Spec("AZ-44")]
    [InlineData("GET")]
    [InlineData("OPTIONS")]
    public async Task No_other_origin_may_read_the_answer(string method)
    {
        await using var host = await LoginServerHost.StartAsync();
        var client = await host.AddClientAsync();

        var answer = await host.NewBrowser().SendAsync(
            new HttpMethod(method), App.Authorize(client), null, ("Origin", "https://evil.example"), ("Access-Control-Request-Method", "GET"));

        Assert.DoesNotContain(answer.Response.Headers, h => h.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_compatibility_client_gets_its_token_in_the_fragment()
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        var client = await host.AddClientAsync(new NewClient
        {
            Label = "CLI",
            RedirectUris = ["http://localhost"],
            Public = true,
            Compatibility = Compatibility.Linode,
        });
        var browser = await host.LogInAsync();
        var url = $"/oauth/authorize?client_id={client.Id}&response_type=token&scopes=*&redirect_uri=http://localhost:51004";

        var answer = await browser.SubmitAsync((await browser.GetAsync(url)).Form("/oauth/consent").Press("decision", "allow"));

        Assert.StartsWith("http://localhost:51004#access_token=lka", answer.Location);
        var parameters = answer.LocationParameters('#').ToDictionary();
        Assert.Equal("7200", parameters["expires_in"]);
        Assert.DoesNotContain("refresh_token", parameters.Keys);
    }

    [Fact]
    [Spec("LX-01")]
    public async Task Neither_code_nor_state_nor_session_is_logged()
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        var client = await host.AddClientAsync();
        var browser = await host.LogInAsync();
        const string State = "4f9d2c8a7b";

        var consent = await browser.GetAsync(App.Authorize(client, ("state", State)));
        var answer = await browser.SubmitAsync(consent.Form("/oauth/consent").Press("decision", "allow"));

        Assert.NotEmpty(host.Log.Text);
        Assert.DoesNotContain(answer.Parameter("code")!, host.Log.Text);
        Assert.DoesNotContain(State, host.Log.Text);
        Assert.DoesNotContain(browser.Cookie("latchkey-login")!, host.Log.Text);
        Assert.DoesNotContain(consent.Page.QuerySelector("input[name=ticket]")!.GetAttribute("value")!, host.Log.Text);
    }

    [Fact]
    public async Task Ten_people_who_never_answer_leave_no_row()
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        var client = await host.AddClientAsync();
        var browser = await host.LogInAsync();

        for (var i = 0; i < 10; i++)
        {
            await browser.GetAsync(App.Authorize(client));
        }

        Assert.Empty(await host.Get<IGrantStore>().ListAsync(GrantFilter.All, TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken));
    }
}
