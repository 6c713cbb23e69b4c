using System.Net;
using System.Net.Http.Headers;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Latchkey.Cli.Tests;

/// <summary>Keeps cookies, follows redirects by hand, and sends forms as they stand.</summary>
internal sealed class Browser : IDisposable
{
    private readonly HttpClient _http;

    /// <param name="connect">How the server is reached, when that is not by its name and port alone.</param>
    public Browser(Action<SocketsHttpHandler>? connect = null)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, CookieContainer = new CookieContainer() };
        connect?.Invoke(handler);
        _http = new HttpClient(handler);
    }

    /// <summary>What it sends besides, each time.</summary>
    public HttpRequestHeaders Headers => _http.DefaultRequestHeaders;

    public void Dispose() => _http.Dispose();

    public async Task<HttpResponseMessage> GetAsync(string url) => await FollowAsync(await _http.GetAsync(new Uri(url)), new Uri(url));

    public async Task<HttpResponseMessage> LogInAsync(HttpResponseMessage page, string username, string password) =>
        await SubmitAsync(page, ("username", username), ("password", password));

    /// <summary>Sends the page's form with these fields filled in, and follows to the next page or to an app's address.</summary>
    public async Task<HttpResponseMessage> SubmitAsync(HttpResponseMessage page, params (string Name, string Value)[] fields)
    {
        var at = page.RequestMessage!.RequestUri!;
        using var document = new HtmlParser().ParseDocument(await page.Content.ReadAsStringAsync());
        var form = Assert.IsType<IHtmlFormElement>(document.Forms.First(f => f.Method == "post"), exactMatch: false);
        var filled = form.QuerySelectorAll("input[type=hidden]").OfType<IHtmlInputElement>().Select(i => (i.Name!, i.Value)).Concat(fields);
        using var content = new FormUrlEncodedContent(filled.Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
        var action = new Uri(at, form.GetAttribute("action") ?? at.PathAndQuery);
        using var request = new HttpRequestMessage(HttpMethod.Post, action) { Content = content };
        request.Headers.Add("Origin", action.GetLeftPart(UriPartial.Authority));
        return await FollowAsync(await _http.SendAsync(request), action);
    }

    // Stops where the redirect leaves the server: that is the app's turn.
    private async Task<HttpResponseMessage> FollowAsync(HttpResponseMessage response, Uri at)
    {
        while (response.Headers.Location is { } location)
        {
            var next = new Uri(at, location);
            if (next.Authority != at.Authority)
            {
                return response;
            }

            at = next;
            response = await _http.GetAsync(at);
        }

        return response;
    }
}
