using Latchkey.Core.Clients;
using Latchkey.Flows.Tests.Framework;
using Latchkey.LoginServer.PersonalTokens;
using Latchkey.Protocol;
using Latchkey.Storage.Clients;

namespace Latchkey.CompatibilityTests.Framework;

/// <summary>Login server and cloud API on ports of their own, and Linode's clients registered as an operator would.</summary>
public sealed class Parties : IAsyncLifetime
{
    private Scene _scene = null!;

    internal Scene Scene => _scene;

    internal string Login => _scene.LoginUrl;

    /// <summary>Up to <c>/v4</c>.</summary>
    internal string Api => _scene.ApiUrl;

    public async ValueTask InitializeAsync() => _scene = await Scene.StartAsync();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    internal Task<RegisteredClient> RegisterAsync(string redirectUri, bool @public = false, Compatibility compatibility = Compatibility.Linode) =>
        _scene.Get<ClientStore>().AddAsync(new NewClient
        {
            Label = "A client of Linode's",
            RedirectUris = [redirectUri],
            Public = @public,
            Compatibility = compatibility,
        });

    /// <summary>What a person with this browser does: opens the page, logs in if asked, agrees, and ends up at the app.</summary>
    internal static async Task<Uri> AgreeAsync(Browser browser, string url)
    {
        var page = await browser.OpenAsync(url);
        if (page.Html.QuerySelector("input[name=password]") is not null)
        {
            page = await browser.SubmitAsync(page, ("username", Scene.UserName), ("password", Scene.Password));
        }

        if (page.Location is null && page.Html.QuerySelector("button[name=decision]") is not null)
        {
            page = await browser.ConsentAsync(page, "allow");
        }

        return new Uri(page.Location ?? throw new InvalidOperationException($"No way back to the app: {page.Text}"));
    }

    /// <summary>A personal access token, as made on the account page.</summary>
    internal async Task<string> TokenAsync(string scopes = "*") =>
        (await _scene.Get<PersonalTokenIssuing>().IssueAsync(_scene.UserId, "test", ScopeSet.Parse(scopes)))!.Reveal();

    /// <summary>The parameters in a query or fragment.</summary>
    internal static Dictionary<string, string> Parameters(string text) => text.TrimStart('?', '#').Split('&')
        .Select(p => p.Split('=', 2)).ToDictionary(p => p[0], p => Uri.UnescapeDataString(p[1].Replace('+', ' ')));
}
