using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Latchkey.Flows.Tests.Framework;
using Latchkey.Linode;
using Latchkey.LoginServer.PersonalTokens;
using Latchkey.Protocol;

namespace Latchkey.Flows.Tests.Description;

/// <summary>Calls every route that both servers have and Linode describes, with something behind each, and keeps what they answered.</summary>
public sealed class Visitor : IAsyncLifetime
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private Scene _scene = null!;
    private string _token = "";

    internal List<Visit> Visits { get; } = [];

    /// <summary>The routes of both servers below <c>/v4</c>: verb and path, the names of its parameters left out.</summary>
    internal IReadOnlySet<string> Routes => _scene.ApiRoutes;

    public async ValueTask InitializeAsync()
    {
        _scene = await Scene.StartAsync();
        using var here = new Browser();
        using var there = new Browser();
        await _scene.AuthorizeAsync(here, OAuthScopes.Linodes.ReadOnly);
        await _scene.AuthorizeAsync(there, OAuthScopes.Linodes.ReadOnly);
        _token = (await _scene.Get<PersonalTokenIssuing>().IssueAsync(_scene.UserId, "visitor", ScopeSet.Everything))!.Reveal();
        await VisitProfileAsync();
        await VisitAccountAsync();
        await VisitCloudAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _scene.DisposeAsync();
    }

    private async Task VisitProfileAsync()
    {
        const string Key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGyvBqqDcTNT7jZJZ5rMHSb3tFrUpQtmBRTZ8Rzs7OJB ada@home";
        await CallAsync("GET", "/profile");
        await CallAsync("PUT", "/profile", new { email = "ada@new.example", timezone = "US/Eastern", authorized_keys = new[] { Key } });
        await CallAsync("GET", "/profile/grants");
        await CallAsync("PUT", "/profile/preferences", new { theme = "dark" });
        await CallAsync("GET", "/profile/preferences");
        await CallAsync("GET", "/profile/security-questions");
        await ListAndViewAsync("/profile/logins", "{loginId}");
        var device = await ListAndViewAsync("/profile/devices", "{deviceId}");
        await CallAsync("DELETE", "/profile/devices/{deviceId}", id: device);
        var key = Id(await CallAsync("POST", "/profile/sshkeys", new { label = "home", ssh_key = Key }));
        await ListAndViewAsync("/profile/sshkeys", "{sshKeyId}");
        await CallAsync("GET", "/account/users");
        await CallAsync("PUT", "/profile/sshkeys/{sshKeyId}", new { label = "work" }, key);
        await CallAsync("DELETE", "/profile/sshkeys/{sshKeyId}", id: key);
        var token = Id(await CallAsync("POST", "/profile/tokens", new { label = "cli", scopes = "linodes:read_only" }));
        await ListAndViewAsync("/profile/tokens", "{tokenId}");
        await CallAsync("PUT", "/profile/tokens/{tokenId}", new { label = "other" }, token);
        await CallAsync("DELETE", "/profile/tokens/{tokenId}", id: token);
        var app = await ListAndViewAsync("/profile/apps", "{appId}");
        await CallAsync("DELETE", "/profile/apps/{appId}", id: app);
    }

    private async Task VisitAccountAsync()
    {
        await CallAsync("GET", "/account");
        await CallAsync("PUT", "/account", new { first_name = "Ada", country = "GB", zip = "SW1A 1AA" });
        await CallAsync("GET", "/account/settings");
        await CallAsync("PUT", "/account/settings", new { backups_enabled = true });
        await CallAsync("GET", "/account/users/{username}", id: Scene.UserName);
        await CallAsync("GET", "/account/notifications");
        await CallAsync("GET", "/account/maintenance");
        await CallAsync("GET", "/account/transfer");
        await ListAndViewAsync("/account/logins", "{loginId}");
        var client = Id(await CallAsync("POST", "/account/oauth-clients", new { label = "app", redirect_uri = "https://app.example/cb" }));
        await CallAsync("PUT", "/account/oauth-clients/{clientId}/thumbnail", Png, client);
        await CallAsync("GET", "/account/oauth-clients/{clientId}/thumbnail", id: client);
        await ListAndViewAsync("/account/oauth-clients", "{clientId}");
        await CallAsync("PUT", "/account/oauth-clients/{clientId}", new { label = "renamed" }, client);
        await CallAsync("POST", "/account/oauth-clients/{clientId}/reset-secret", id: client);
        await CallAsync("DELETE", "/account/oauth-clients/{clientId}", id: client);
        var happened = await ListAndViewAsync("/account/events", "{eventId}");
        await CallAsync("POST", "/account/events/{eventId}/seen", id: happened);
        await CallAsync("POST", "/account/events/{eventId}/read", id: happened);
    }

    private async Task VisitCloudAsync()
    {
        await ListAndViewAsync("/regions", "{regionId}");
        await ListAndViewAsync("/linode/types", "{typeId}");
        await ListAndViewAsync("/images", "{imageId}");
        await ListAndViewAsync("/linode/stackscripts", "{stackscriptId}");
        var script = Id(await CallAsync("POST", "/linode/stackscripts", new { label = "script", images = new[] { "linode/debian12" }, script = "#!/bin/bash\n" }));
        await CallAsync("PUT", "/linode/stackscripts/{stackscriptId}", new { label = "other" }, script);
        await CallAsync("DELETE", "/linode/stackscripts/{stackscriptId}", id: script);
        var machine = Id(await CallAsync("POST", "/linode/instances", new { region = "us-east", type = "g6-nanode-1", image = "linode/debian12", root_pass = "aComplexP@ssword" }));
        await ListAndViewAsync("/linode/instances", "{linodeId}");
        await CallAsync("PUT", "/linode/instances/{linodeId}", new { label = "web-1" }, machine);
        _scene.Clock.Advance(TimeSpan.FromMinutes(5));
        foreach (var action in (string[])["shutdown", "boot", "reboot"])
        {
            await CallAsync("POST", "/linode/instances/{linodeId}/" + action, id: machine);
            _scene.Clock.Advance(TimeSpan.FromMinutes(5));
        }

        await CallAsync("DELETE", "/linode/instances/{linodeId}", id: machine);
    }

    private static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==");

    private async Task<string> ListAndViewAsync(string path, string parameter)
    {
        var list = await CallAsync("GET", path);
        var id = list.GetProperty("data").EnumerateArray().First().GetProperty("id").ToString();
        await CallAsync("GET", $"{path}/{parameter}", id: id);
        return id;
    }

    private static string Id(JsonElement made) => made.GetProperty("id").ToString();

    private async Task<JsonElement> CallAsync(string method, string path, object? body = null, string id = "")
    {
        var start = path.IndexOf('{', StringComparison.Ordinal);
        var address = start < 0 ? path : string.Concat(path.AsSpan(0, start), id, path.AsSpan(path.IndexOf('}', StringComparison.Ordinal) + 1));
        using var request = new HttpRequestMessage(new HttpMethod(method), _scene.ApiUrl + address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        request.Content = body is byte[] png ? new ByteArrayContent(png) { Headers = { ContentType = new("image/png") } }
            : body is not null ? new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json")
            : null;
        using var answer = await _http.SendAsync(request);
        var visit = new Visit(
            method,
            path,
            (int)answer.StatusCode,
            answer.Content.Headers.ContentType?.ToString(),
            string.Join(',', answer.Headers.GetValues("X-Accepted-OAuth-Scopes")),
            await answer.Content.ReadAsStringAsync());
        Visits.Add(visit);
        Assert.True(answer.IsSuccessStatusCode, $"{method} {path}: {visit.Status} {visit.Body}");
        return visit.ContentType == "application/json" ? JsonDocument.Parse(visit.Body).RootElement : default;
    }
}

/// <summary>A call by the path of its description, and what came back. Kept out of messages: some bodies hold secrets.</summary>
internal sealed record Visit(string Method, string Path, int Status, string? ContentType, string AcceptedScopes, string Body);
