using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Latchkey.Core.Grants;
using Latchkey.Core.Tokens;
using Latchkey.Flows.Tests.Framework;
using Latchkey.Flows.Tests.InstallOnLinode;
using Latchkey.Linode;
using Latchkey.LoginServer;
using Latchkey.LoginServer.PersonalTokens;
using Latchkey.Protocol;
using Latchkey.Storage.Clients;
using Latchkey.Storage.Grants;
using Latchkey.Storage.Tokens;
using Microsoft.Extensions.Options;

namespace Latchkey.Flows.Tests.Theft;

/// <summary>Everything that can happen to a user and their apps happens once, and every secret that was given out on the way is kept.</summary>
internal sealed class WholeLife : IDisposable
{
    private readonly Scene _scene;
    private readonly List<KnownSecret> _secrets = [];
    private readonly List<Browser> _browsers = [];

    private WholeLife(Scene scene)
    {
        _scene = scene;
        Browser = NewBrowser();
    }

    public IReadOnlyList<KnownSecret> Secrets => _secrets;

    /// <summary>Still logged in at the end, with the test's own client consented to.</summary>
    public Browser Browser { get; }

    public PersonalAccessToken PersonalToken { get; private set; } = null!;

    /// <summary>Living at the end.</summary>
    public OAuthToken Token { get; private set; } = null!;

    /// <summary>A login whose code nobody has redeemed.</summary>
    public LoginRequest Pending { get; private set; } = null!;

    public string Code { get; private set; } = null!;

    /// <summary>The test's own client with the secret that is good at the end.</summary>
    public RegisteredClient Client { get; private set; } = null!;

    public static async Task<WholeLife> LiveAsync(Scene scene)
    {
        var life = new WholeLife(scene);
        life.Add("password", Scene.Password);
        life.AddSecretOf(scene.Api);
        life.AddSecretOf(scene.App);
        life.AddSecretOf(scene.Client);
        await life.MistypeAsync();
        await life.InstallAsync();
        await life.UseAsync();
        await life.MisuseAsync();
        await life.LogOutAsync();
        await life.LeaveSomethingLivingAsync();
        life.AddWhatBrowsersHeld();
        await life.AddTokensOfTheAppAsync();
        return life;
    }

    public void Dispose() => _browsers.ForEach(b => b.Dispose());

    private async Task MistypeAsync()
    {
        using var browser = new Browser();
        var page = await browser.OpenAsync(_scene.LoginUrl + "/login");
        await browser.SubmitAsync(page, ("username", "a-password-in-the-wrong-field"), ("password", "a-password-of-nobody"));
        Add("password typed as a name", "a-password-in-the-wrong-field");
        Add("wrong password", "a-password-of-nobody");
    }

    private async Task InstallAsync()
    {
        var done = await Browser.ConsentAsync(await _scene.OrderAsync(Browser), "allow");
        Add("root password made by the app", done.Html.QuerySelector("code.secret")!.TextContent);
    }

    private async Task UseAsync()
    {
        var (request, callback) = await AuthorizeAsync(Browser);
        var token = Add(await _scene.Sdk().FinishOAuthAsync(callback, request));
        var password = RootPassword.Generate();
        Add("root password", password.Reveal());
        await _scene.Linode(token.AccessToken).Linodes.Instances.CreateAsync(
            new CreateInstanceRequest { Region = "us-east", Type = "g6-nanode-1", Image = "linode/debian12", RootPassword = password, Label = "a-linode-with-a-name" });
        var renewed = Add(await _scene.Sdk().RefreshOAuthTokenAsync(token.RefreshToken));
        await _scene.Linode(renewed.AccessToken).Profile.GetAsync();
        await _scene.Sdk().ExpireTokenAsync(renewed);

        PersonalToken = await _scene.Get<PersonalTokenIssuing>().IssueAsync(_scene.UserId, "backup", ScopeSet.Parse("*")) ?? throw new InvalidOperationException();
        Add("personal access token", PersonalToken.Reveal());
        await _scene.Linode(new AccessToken(PersonalToken.Reveal())).Linodes.Instances.ListAsync().ToListAsync();
    }

    private async Task MisuseAsync()
    {
        var (request, callback) = await AuthorizeAsync(Browser);
        var token = Add(await _scene.Sdk().FinishOAuthAsync(callback, request));
        Add(await _scene.Sdk().RefreshOAuthTokenAsync(token.RefreshToken));
        _scene.Clock.Advance(TimeSpan.FromMinutes(1));
        await Assert.ThrowsAsync<OAuthRefusedException>(() => _scene.Sdk().RefreshOAuthTokenAsync(token.RefreshToken));

        (request, callback) = await AuthorizeAsync(Browser);
        Add(await _scene.Sdk().FinishOAuthAsync(callback, request));
        await Assert.ThrowsAsync<OAuthRefusedException>(() => _scene.Sdk().FinishOAuthAsync(callback, request));
    }

    private async Task LogOutAsync()
    {
        var browser = NewBrowser();
        var (request, callback) = await AuthorizeAsync(browser);
        Add(await _scene.Sdk().FinishOAuthAsync(callback, request));
        AddCookies(browser);
        await browser.SubmitAsync(await browser.OpenAsync(_scene.LoginUrl + "/logout"));
    }

    private async Task LeaveSomethingLivingAsync()
    {
        Client = await _scene.Get<ClientStore>().ResetSecretAsync(_scene.Client.Client.Id) ?? throw new InvalidOperationException();
        AddSecretOf(Client);
        var (request, callback) = await AuthorizeAsync(Browser);
        Token = Add(await _scene.Sdk(Client).FinishOAuthAsync(callback, request));
        (Pending, callback) = await AuthorizeAsync(Browser);
        Code = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(callback.Query)["code"].ToString();
    }

    private async Task<(LoginRequest Request, Uri Callback)> AuthorizeAsync(Browser browser)
    {
        var (request, callback) = await _scene.AuthorizeAsync(browser, [OAuthScopes.Linodes.ReadWrite]);
        Add("code verifier", request.CodeVerifier.Reveal());
        return (request, callback);
    }

    private Browser NewBrowser()
    {
        var browser = new Browser();
        _browsers.Add(browser);
        return browser;
    }

    private void AddWhatBrowsersHeld()
    {
        foreach (var browser in _browsers)
        {
            AddCookies(browser);
            foreach (var (name, value) in browser.History.SelectMany(a => Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(a.Query)))
            {
                if (name is "code" or "state")
                {
                    Add(name, value.ToString());
                }
            }

            foreach (var input in browser.Pages.SelectMany(p => p.Html.QuerySelectorAll<IHtmlInputElement>("input[type=hidden]")))
            {
                if (input.Name is "ticket" or "__RequestVerificationToken")
                {
                    Add($"form's {input.Name}", input.Value);
                }
            }
        }
    }

    private void AddCookies(Browser browser)
    {
        foreach (var cookie in browser.Cookies.GetAllCookies().Where(c => c.Value.Length > 0))
        {
            Add($"cookie {cookie.Name}", cookie.Value);
        }
    }

    // The example app keeps its tokens to itself, but they follow from the grant.
    private async Task AddTokensOfTheAppAsync()
    {
        var issuer = new TokenIssuer(_scene.Get<LiveKeyRing>().Current, _scene.Get<IOptions<LoginServerOptions>>().Value.Lifetimes);
        await foreach (var grant in _scene.Get<IGrantStore>().ListAsync(new GrantFilter { ClientId = _scene.App.Client.Id }))
        {
            var tokens = issuer.Tokens(grant, null, _scene.Clock.GetUtcNow());
            Add("the app's access token", tokens.AccessToken.Reveal());
            Add("the app's refresh token", tokens.RefreshToken!.Reveal());
            Add("the app's code", issuer.Code(grant).Reveal());
        }
    }

    private OAuthToken Add(OAuthToken token)
    {
        Add("access token", token.AccessToken.Reveal());
        Add("refresh token", token.RefreshToken!.Reveal());
        return token;
    }

    private void AddSecretOf(RegisteredClient client) => Add($"client secret of {client.Client.Label}", client.Secret!.Reveal());

    private void Add(string name, string text)
    {
        if (_secrets.TrueForAll(s => s.Text != text))
        {
            _secrets.Add(new KnownSecret(name, text));
        }
    }
}
