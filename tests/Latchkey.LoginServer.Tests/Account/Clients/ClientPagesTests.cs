using System.Net;
using Latchkey.Core.Clients;
using Latchkey.Core.Grants;
using Latchkey.LoginServer.Account;
using Latchkey.LoginServer.Tests.Framework;
using Latchkey.Protocol;
using Latchkey.Storage.Clients;
using Latchkey.Storage.Grants;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.LoginServer.Tests.Account.Clients;

public sealed class ClientPagesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_registered_app_is_strict_and_its_owners()
    {
        await using var host = await LoginServerHost.StartAsync();
        var user = await host.AddUserAsync();
        var browser = await host.LogInAsync();

        var answer = await RegisterAsync(browser);

        var client = await OnlyAsync(host, user);
        Assert.Equal(("My app", user, ClientStatus.Active, Compatibility.None), (client.Label, client.OwnerId!.Value, client.Status, client.Compatibility));
        Assert.Equal([App.Callback, "com.example.app:/callback"], client.RedirectUris);
        Assert.False(client.Public || client.Trusted || client.Api || client.PkceOptional);
        Assert.True(new ClientSecret(Shown(answer)).Matches(client.SecretHash!));
        Assert.Contains(client.Id, answer.Text);
    }

    [Fact]
    public async Task A_public_app_gets_no_secret()
    {
        await using var host = await LoginServerHost.StartAsync();
        var user = await host.AddUserAsync();
        var browser = await host.LogInAsync();

        var answer = await browser.SubmitAsync((await FormAsync(browser)).Tick("true"));

        var client = await OnlyAsync(host, user);
        Assert.Equal((HttpStatusCode.SeeOther, $"/account/clients/{client.Id}"), (answer.Status, answer.Location));
        Assert.True(client.Public);
        Assert.Null(client.SecretHash);
        Assert.Null((await browser.FollowAsync(answer)).Page.QuerySelector("form[action$='/reset-secret']"));
    }

    [Fact]
    public async Task Extra_fields_give_no_more_than_the_form_does()
    {
        await using var host = await LoginServerHost.StartAsync();
        var user = await host.AddUserAsync();
        var browser = await host.LogInAsync();

        await browser.SubmitAsync((await FormAsync(browser)).Add("compatibility", "linode").Add("trusted", "true").Add("api", "true"));

        var client = await OnlyAsync(host, user);
        Assert.Equal(Compatibility.None, client.Compatibility);
        Assert.False(client.Trusted || client.Api);
    }

    [Theory]
    [InlineData("", "https://app.example/cb", "Give it a label")]
    [InlineData("My\u200Bapp", "https://app.example/cb", "The label may hold")]
    [InlineData("My app", "", "at least one callback URL")]
    [InlineData("My app", "http://app.example/cb", "use https")]
    [InlineData("My app", "javascript:alert(1)", "Use https")]
    [InlineData("My app", "https://app.example/cb\nhttps://*.example/cb", "no wildcard")]
    [InlineData("My app", "https://app.example/cb#fragment", "without a fragment")]
    public async Task What_may_not_be_registered_is_told_and_kept_in_the_form(string label, string uris, string expected)
    {
        await using var host = await LoginServerHost.StartAsync();
        var user = await host.AddUserAsync();
        var browser = await host.LogInAsync();

        var answer = await RegisterAsync(browser, label, uris);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains(expected, answer.Page.QuerySelector("[role=alert]")!.TextContent);
        Assert.Contains(answer.Form("/account/clients").Fields, f => f.Key == "redirect_uris" && f.Value == uris);
        Assert.Empty(await host.Get<ClientStore>().ListAsync(user, Cancel));
    }

    [Fact]
    public async Task Label_redirect_uris_and_apps_have_bounds()
    {
        await using var host = await LoginServerHost.StartAsync(services: s => s.Configure<AccountOptions>(o => (o.MaxClients, o.MaxRedirectUris) = (1, 2)));
        await host.AddUserAsync();
        var browser = await host.LogInAsync();

        Assert.Equal(HttpStatusCode.BadRequest, (await RegisterAsync(browser, new string('a', LabelRules.MaxLength + 1))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await RegisterAsync(browser, uris: "https://a.example/\nhttps://b.example/\nhttps://c.example/")).Status);
        Assert.Equal(HttpStatusCode.OK, (await RegisterAsync(browser)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await RegisterAsync(browser)).Status);
    }

    [Fact]
    public async Task Editing_changes_label_and_redirect_uris()
    {
        await using var host = await LoginServerHost.StartAsync();
        var user = await host.AddUserAsync();
        var browser = await host.LogInAsync();
        await RegisterAsync(browser);
        var path = $"/account/clients/{(await OnlyAsync(host, user)).Id}";

        var answer = await browser.SubmitAsync((await browser.GetAsync(path)).Form(path).Set("label", "Better").Set("redirect_uris", "https://new.example/cb"));
        var refused = await browser.SubmitAsync((await browser.GetAsync(path)).Form(path).Set("redirect_uris", "ftp://new.example/cb"));

        Assert.Equal((HttpStatusCode.SeeOther, path), (answer.Status, answer.Location));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        var client = await OnlyAsync(host, user);
        Assert.Equal("Better", client.Label);
        Assert.Equal(["https://new.example/cb"], client.RedirectUris);
    }

    [Fact]
    public async Task A_new_secret_is_shown_once_and_ends_the_old_one()
    {
        await using var host = await LoginServerHost.StartAsync();
        var user = await host.AddUserAsync();
        var browser = await host.LogInAsync();
        var old = Shown(await RegisterAsync(browser));
        var path = $"/account/clients/{(await OnlyAsync(host, user)).Id}";

        var answer = await browser.SubmitAsync((await browser.GetAsync(path)).Form(path + "/reset-secret"));

        var secret = Shown(answer);
        var hash = (await OnlyAsync(host, user)).SecretHash!;
        Assert.True(new ClientSecret(secret).Matches(hash));
        Assert.False(new ClientSecret(old).Matches(hash));
        Assert.Contains("no-store", answer.Header("Cache-Control"));
        Assert.DoesNotContain(secret, (await browser.GetAsync(path)).Text);
        Assert.DoesNotContain(secret, string.Concat(browser.Cookies.GetAllCookies().Select(c => c.Value)));
        Assert.DoesNotContain(secret, host.Log.Text);
        Assert.DoesNotContain(old, host.Log.Text);
    }

    [Fact]
    public async Task Deleting_ends_what_people_allowed()
    {
        await using var host = await LoginServerHost.StartAsync();
        var user = await host.AddUserAsync();
        var browser = await host.LogInAsync();
        await RegisterAsync(browser);
        var client = await OnlyAsync(host, user);
        await browser.SubmitAsync((await browser.GetAsync(App.Authorize(client))).Form("/oauth/consent").Press("decision", "allow"));
        var path = $"/account/clients/{client.Id}";

        var answer = await browser.SubmitAsync((await browser.GetAsync(path)).Form(path + "/delete"));

        Assert.Equal((HttpStatusCode.SeeOther, "/account/clients"), (answer.Status, answer.Location));
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(path)).Status);
        var grants = await host.Get<IGrantStore>().ListAsync(new GrantFilter { ClientId = client.Id }, Cancel).ToListAsync(Cancel);
        Assert.Equal(GrantState.Revoked, Assert.Single(grants).State);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/reset-secret")]
    [InlineData("/delete")]
    [Spec("LO-15")]
    public async Task Somebody_elses_app_is_not_found_and_untouched(string deed)
    {
        await using var host = await LoginServerHost.StartAsync();
        var maria = await host.AddUserAsync();
        await host.AddUserAsync("eve");
        await RegisterAsync(await host.LogInAsync());
        var before = await OnlyAsync(host, maria);
        var eve = await host.LogInAsync("eve");

        var answer = await eve.SubmitAsync((await FormAsync(eve, "Taken over", "https://eve.example/")).To($"/account/clients/{before.Id}{deed}"));

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Equal(HttpStatusCode.NotFound, (await eve.GetAsync($"/account/clients/{before.Id}")).Status);
        var after = await OnlyAsync(host, maria);
        Assert.Equal((before.Label, before.RedirectUris[0]), (after.Label, after.RedirectUris[0]));
        Assert.Equal(before.SecretHash, after.SecretHash);
    }

    [Fact]
    public async Task The_operators_apps_are_nobodys()
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        var client = await host.AddClientAsync();
        var browser = await host.LogInAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/account/clients/{client.Id}")).Status);
        Assert.Null((await browser.GetAsync("/account/clients")).Page.QuerySelector(".item"));
    }

    [Fact]
    public async Task What_the_operator_allowed_beside_the_rules_shows()
    {
        await using var host = await LoginServerHost.StartAsync();
        var user = await host.AddUserAsync();
        var client = await host.AddClientAsync(new NewClient
        {
            Label = "Old client",
            RedirectUris = [App.Callback],
            Compatibility = Compatibility.Linode,
            PkceOptional = true,
            OwnerId = user,
        });
        var browser = await host.LogInAsync();

        foreach (var path in new[] { "/account/clients", $"/account/clients/{client.Id}" })
        {
            var tags = (await browser.GetAsync(path)).Page.QuerySelectorAll(".tag").Select(t => t.TextContent).ToList();
            Assert.Contains("Compatibility: Linode", tags);
            Assert.Contains("PKCE optional", tags);
        }
    }

    private static async Task<PageForm> FormAsync(Browser browser, string label = "My app", string uris = App.Callback + "\r\n com.example.app:/callback \r\n") =>
        (await browser.GetAsync("/account/clients/new")).Form("/account/clients").Set("label", label).Set("redirect_uris", uris);

    private static async Task<Answer> RegisterAsync(Browser browser, string label = "My app", string uris = App.Callback + "\r\n com.example.app:/callback \r\n") =>
        await browser.SubmitAsync(await FormAsync(browser, label, uris));

    private static async Task<Client> OnlyAsync(LoginServerHost host, Guid user) => Assert.Single(await host.Get<ClientStore>().ListAsync(user, Cancel));

    private static string Shown(Answer answer)
    {
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return answer.Page.QuerySelector("#secret")!.TextContent;
    }
}
