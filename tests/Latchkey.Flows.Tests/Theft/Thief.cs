using System.Net;
using System.Text;
using Latchkey.Core.Tokens;
using Latchkey.Flows.Tests.Framework;
using Latchkey.Storage.Clients;

namespace Latchkey.Flows.Tests.Theft;

/// <summary>Somebody with values from a database, and the places where such a value could open something.</summary>
internal sealed class Thief : IDisposable
{
    private readonly Scene _scene;
    private readonly WholeLife _life;
    private readonly WebPage _loginPage;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    public Thief(Scene scene, WholeLife life)
    {
        _scene = scene;
        _life = life;

        // Filled in long ago, by somebody who was not logged in: their form is what a stranger's form looks like.
        _loginPage = life.Browser.Pages.First(p => p.Html.QuerySelector("input[name=password]") is not null);
    }

    /// <summary>Each place, whether what is sent there got in, and what would.</summary>
    public IEnumerable<(string Place, Func<string, Task<bool>> GetsIn, string Real)> Places()
    {
        yield return ("bearer token at the login server", v => BearerAsync(_scene.LoginUrl + "/v4/profile", v), _life.PersonalToken.Reveal());
        yield return ("bearer token at the API", v => BearerAsync(_scene.ApiUrl + "/linode/instances", v), _life.Token.AccessToken.Reveal());
        yield return ("bearer token behind the API", v => BearerAsync(_scene.ApiUrl + "/profile", v), _life.Token.AccessToken.Reveal());
        yield return ("session cookie", SessionAsync, Cookie("latchkey-login"));
        foreach (var client in (RegisteredClient[])[_scene.App, _scene.Api, _life.Client])
        {
            yield return ($"secret of {client.Client.Label}", v => SecretAsync(client.Client.Id, v, basic: false), client.Secret!.Reveal());
            yield return ($"secret of {client.Client.Label} by Basic", v => SecretAsync(client.Client.Id, v, basic: true), client.Secret!.Reveal());
        }

        yield return ("token to introspect", IntrospectAsync, _life.Token.AccessToken.Reveal());
        yield return ("code verifier", v => TokenAsync(("grant_type", "authorization_code"), ("code", _life.Code), ("code_verifier", v)), _life.Pending.CodeVerifier.Reveal());
        yield return ("refresh token", v => TokenAsync(("grant_type", "refresh_token"), ("refresh_token", v)), _life.Token.RefreshToken!.Reveal());
        yield return ("password", v => LogInAsync(v, FormToken, Cookie("latchkey-csrf")), Scene.Password);
        yield return ("form's token", v => LogInAsync(Scene.Password, v, Cookie("latchkey-csrf")), FormToken);
        yield return ("form's cookie", v => LogInAsync(Scene.Password, FormToken, v), Cookie("latchkey-csrf"));
    }

    /// <summary>Those that have nothing to compare with: the value as both halves of a form's proof, and as consent.</summary>
    public IEnumerable<(string Place, Func<string, Task<bool>> GetsIn)> MorePlaces()
    {
        yield return ("both halves of a form's proof", v => LogInAsync(Scene.Password, v, v));
        yield return ("code", v => TokenAsync(("grant_type", "authorization_code"), ("code", v), ("code_verifier", _life.Pending.CodeVerifier.Reveal())));
        yield return ("consent ticket", ConsentAsync);
        yield return ("callback of the app", CallbackAsync);
    }

    public void Dispose() => _http.Dispose();

    private string FormToken => _loginPage.Html.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

    private string Cookie(string name) => _life.Browser.Cookies.GetAllCookies().First(c => c.Name == name).Value;

    private async Task<bool> BearerAsync(string url, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        return Header(request, "Authorization", "Bearer " + value) && await StatusAsync(request) == HttpStatusCode.OK;
    }

    private async Task<bool> SessionAsync(string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _life.Pending.Url);
        var cookie = Uri.EscapeDataString(value);
        Header(request, "Cookie", $"latchkey-login={cookie}; latchkey-known={cookie}");
        using var answer = await _http.SendAsync(request);
        return answer.Headers.Location?.OriginalString.Contains("code=", StringComparison.Ordinal) == true || answer.StatusCode == HttpStatusCode.OK;
    }

    private async Task<bool> SecretAsync(string clientId, string value, bool basic)
    {
        using var request = Form(_scene.LoginUrl + "/oauth/revoke", basic ? [("token", "x")] : [("token", "x"), ("client_id", clientId), ("client_secret", value)]);
        if (basic)
        {
            Header(request, "Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{clientId}:{Uri.EscapeDataString(value)}")));
        }

        return await StatusAsync(request) == HttpStatusCode.OK;
    }

    private async Task<bool> IntrospectAsync(string value)
    {
        using var request = Form(
            _scene.LoginUrl + "/oauth/introspect", ("token", value), ("client_id", _scene.Api.Client.Id), ("client_secret", _scene.Api.Secret!.Reveal()));
        using var answer = await _http.SendAsync(request);
        return await answer.Content.ReadAsStringAsync() is not ("""{"active":false}""" or "") && answer.IsSuccessStatusCode;
    }

    private async Task<bool> TokenAsync(params (string, string)[] fields)
    {
        using var request = Form(
            _scene.LoginUrl + "/oauth/token",
            [.. fields, ("redirect_uri", _life.Pending.RedirectUri!.OriginalString), ("client_id", _life.Client.Client.Id), ("client_secret", _life.Client.Secret!.Reveal())]);
        return await StatusAsync(request) == HttpStatusCode.OK;
    }

    private async Task<bool> LogInAsync(string password, string formToken, string formCookie)
    {
        using var request = Form(_scene.LoginUrl + "/login", ("username", Scene.UserName), ("password", password), ("__RequestVerificationToken", formToken));
        Header(request, "Cookie", "latchkey-csrf=" + Uri.EscapeDataString(formCookie));
        using var answer = await _http.SendAsync(request);
        return answer.Headers.TryGetValues("Set-Cookie", out var cookies) && cookies.Any(c => c.StartsWith("latchkey-login=", StringComparison.Ordinal));
    }

    // Even inside the session of the person who is robbed.
    private async Task<bool> ConsentAsync(string value)
    {
        var page = _life.Browser.Pages.First(p => p.Html.QuerySelector("input[name=ticket]") is not null);
        var token = page.Html.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var request = Form(_scene.LoginUrl + "/oauth/consent", ("ticket", value), ("decision", "allow"), ("scope", "linodes:read_write"), ("__RequestVerificationToken", token));
        Header(request, "Cookie", $"latchkey-csrf={Cookie("latchkey-csrf")}; latchkey-login={Cookie("latchkey-login")}");
        using var answer = await _http.SendAsync(request);
        return answer.StatusCode != HttpStatusCode.OK && answer.Headers.Location is not null;
    }

    private async Task<bool> CallbackAsync(string value)
    {
        var text = Uri.EscapeDataString(value);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{_scene.AppUrl}/oauth/callback?code={text}&state={text}");
        Header(request, "Cookie", $"install-on-linode={Cookie("install-on-linode")}");
        using var answer = await _http.SendAsync(request);
        return answer.Headers.Location?.OriginalString is not "/cancelled";
    }

    private async Task<HttpStatusCode> StatusAsync(HttpRequestMessage request)
    {
        using var answer = await _http.SendAsync(request);
        return answer.StatusCode;
    }

    private static HttpRequestMessage Form(string url, params (string Name, string Value)[] fields) => new(HttpMethod.Post, url)
    {
        Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))),
    };

    // False for what cannot be sent in a header at all.
    private static bool Header(HttpRequestMessage request, string name, string value) =>
        value.All(c => c is >= ' ' and <= '~') && request.Headers.TryAddWithoutValidation(name, value);
}
