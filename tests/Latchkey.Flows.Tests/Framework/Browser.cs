using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Latchkey.Flows.Tests.Framework;

/// <summary>
/// A small browser: keeps cookies, follows redirects between the hosts it is shown, and stops at any other: there the
/// caller reads <see cref="WebPage.Location"/>. No scripts.
/// </summary>
internal sealed class Browser : IDisposable
{
    private readonly HttpClient _http;

    public Browser() => _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Cookies });

    public CookieContainer Cookies { get; } = new();

    /// <summary>Addresses that the test plays itself: sent there, the browser stops too.</summary>
    public List<string> Apps { get; } = [];

    /// <summary>Every address it was at or was sent to, in order.</summary>
    public List<Uri> History { get; } = [];

    /// <summary>Every page it showed, in order.</summary>
    public List<WebPage> Pages { get; } = [];

    /// <summary>Opens an address and follows redirects while they stay on servers that answer for themselves.</summary>
    public Task<WebPage> OpenAsync(string url) => SendAsync(new HttpRequestMessage(HttpMethod.Get, url));

    /// <summary>Presses a button without fields.</summary>
    public Task<WebPage> PostAsync(string url) => SendAsync(new HttpRequestMessage(HttpMethod.Post, url));

    /// <summary>Fills in and submits the page's only POST form, its ticked boxes included.</summary>
    public Task<WebPage> SubmitAsync(WebPage page, params (string Name, string Value)[] fields) => PostAsync(page, [], fields);

    /// <summary>Answers the consent page; <paramref name="untick"/> names boxes to clear, and <c>+value</c> boxes to tick besides.</summary>
    public Task<WebPage> ConsentAsync(WebPage page, string decision, params string[] untick)
    {
        var ticked = untick.Where(u => u.StartsWith('+')).Select(u => ("scope", u[1..]));
        return PostAsync(page, untick, [.. ticked, ("decision", decision)]);
    }

    public void Dispose() => _http.Dispose();

    private Task<WebPage> PostAsync(WebPage page, string[] untick, (string Name, string Value)[] fields)
    {
        var form = page.Html.QuerySelectorAll<IHtmlFormElement>("form[method=post]").Single();
        var kept = form.Elements.OfType<IHtmlInputElement>()
            .Where(i => i.Name is not null && (i.Type != "checkbox" || (i.IsChecked && !untick.Contains(i.Value))))
            .Select(i => (i.Name!, i.Value))
            .Concat(form.Elements.OfType<IHtmlSelectElement>().Where(s => s.Name is not null).Select(s => (s.Name!, s.Value ?? "")))
            .Where(f => f.Item1 == "scope" || fields.All(g => g.Name != f.Item1));
        var body = kept.Concat(fields).Select(f => KeyValuePair.Create(f.Item1, f.Item2));
        var url = new Uri(new Uri(page.Url), form.GetAttribute("action") ?? "");
        return SendAsync(new HttpRequestMessage(HttpMethod.Post, url) { Content = new FormUrlEncodedContent(body) });
    }

    private async Task<WebPage> SendAsync(HttpRequestMessage request)
    {
        for (var hops = 0; ; hops++)
        {
            using var sent = request;
            using var response = await _http.SendAsync(sent);
            var location = response.Headers.Location is { } to ? new Uri(sent.RequestUri!, to) : null;
            History.Add(location ?? sent.RequestUri!);
            if (location is null || location.IsDefaultPort || Apps.Exists(a => location.AbsoluteUri.StartsWith(a, StringComparison.Ordinal)) || hops == 10)
            {
                var html = await new HtmlParser().ParseDocumentAsync(await response.Content.ReadAsStringAsync());
                var page = new WebPage(sent.RequestUri!.AbsoluteUri, response.StatusCode, location?.AbsoluteUri, html);
                Pages.Add(page);
                return page;
            }

            request = new HttpRequestMessage(HttpMethod.Get, location);
        }
    }
}

internal sealed record WebPage(string Url, HttpStatusCode Status, string? Location, IHtmlDocument Html)
{
    /// <summary>What a person reads, white space folded.</summary>
    public string Text => string.Join(' ', (Html.Body?.TextContent ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
