using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Latchkey.Fuzz.Framework;

/// <summary>A browser that keeps cookies, reads forms, and follows no redirect unasked.</summary>
internal sealed class Browser : IDisposable
{
    private readonly HttpClient _http;
    private readonly Uri _home;

    public Browser(Uri home)
    {
        _home = home;
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Cookies, UseProxy = false });
    }

    public CookieContainer Cookies { get; } = new();

    public string CookieHeader => Cookies.GetCookieHeader(_home);

    public async Task<Page> GetAsync(string url) => await ReadAsync(await _http.GetAsync(new Uri(_home, url)));

    public async Task<Page> PostAsync(string url, IEnumerable<KeyValuePair<string, string>> fields) =>
        await ReadAsync(await _http.PostAsync(new Uri(_home, url), new FormUrlEncodedContent(fields)));

    public void Dispose() => _http.Dispose();

    private static async Task<Page> ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var location = response.Headers.NonValidated.TryGetValues("Location", out var values) ? values.Single() : null;
            return new Page(response.StatusCode, location, await response.Content.ReadAsStringAsync());
        }
    }
}

internal sealed record Page(HttpStatusCode Status, string? Location, string Text)
{
    /// <summary>The fields of the form with this action, ticked boxes only.</summary>
    public List<KeyValuePair<string, string>> Form(string action)
    {
        var form = new HtmlParser().ParseDocument(Text).Forms.FirstOrDefault(f => f.GetAttribute("action") == action)
            ?? throw new InvalidOperationException($"No form for {action} in an answer {Status}.");
        return [.. form.Elements.OfType<IHtmlInputElement>()
            .Where(i => i.Name is { Length: > 0 } && (i.Type != "checkbox" || i.IsChecked))
            .Select(i => KeyValuePair.Create(i.Name!, i.Value))];
    }
}
