using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Latchkey.Model.Tests.Server;

/// <summary>Keeps cookies, follows nothing.</summary>
internal sealed class Browser(LiveServer server)
{
    private readonly Dictionary<string, string> _cookies = [];

    public Task<Shown> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    public Task<Shown> PostAsync(string path, IEnumerable<KeyValuePair<string, string>> fields) => SendAsync(
        new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields) });

    private async Task<Shown> SendAsync(HttpRequestMessage message)
    {
        using var request = message;
        request.Headers.TryAddWithoutValidation("Cookie", string.Join("; ", _cookies.Select(c => $"{c.Key}={c.Value}")));
        using var response = await server.Http.SendAsync(request);
        foreach (var cookie in response.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
        {
            var pair = cookie.Split(';')[0].Split('=', 2);
            _cookies[pair[0]] = pair[1];
        }

        var location = response.Headers.NonValidated.TryGetValues("Location", out var to) ? to.Single() : null;
        return new Shown((int)response.StatusCode, location, await response.Content.ReadAsStringAsync());
    }
}

/// <summary>What the browser was answered.</summary>
internal sealed record Shown(int Status, string? Location, string Text)
{
    private readonly Lazy<IHtmlDocument> _page = new(() => new HtmlParser().ParseDocument(Text));

    public IHtmlDocument Page => _page.Value;

    public IReadOnlyDictionary<string, string> Parameters => (Location?.Split('?', 2) is [_, var query] ? query : "").Split('&')
        .Select(p => p.Split('=', 2)).Where(p => p.Length == 2).ToDictionary(p => p[0], p => Uri.UnescapeDataString(p[1]));

    /// <summary>The fields of the form with this action as they stand, ticked boxes included.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Fields(string action) =>
    [
        .. Form(action).QuerySelectorAll<IHtmlInputElement>("input[name]")
            .Where(i => i.Type is not ("checkbox" or "radio") || i.IsChecked).Select(i => KeyValuePair.Create(i.Name!, i.Value)),
    ];

    public override string ToString() => $"{Status} {Location}";

    private IHtmlFormElement Form(string action) => (IHtmlFormElement)Page.QuerySelectorAll("form").First(f => f.GetAttribute("action") == action);
}
