using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Latchkey.LoginServer.Tests.Framework;

/// <summary>What came back: status, headers, text, and the page in it.</summary>
internal sealed class Answer
{
    private readonly Lazy<IHtmlDocument> _page;

    private Answer(Uri url, HttpResponseMessage response, string text)
    {
        Url = url;
        Response = response;
        Text = text;
        _page = new Lazy<IHtmlDocument>(() => new HtmlParser().ParseDocument(text));
    }

    /// <summary>What was asked for.</summary>
    public Uri Url { get; }

    public HttpResponseMessage Response { get; }

    public HttpStatusCode Status => Response.StatusCode;

    public string Text { get; }

    public IHtmlDocument Page => _page.Value;

    /// <summary>The <c>Location</c> to the byte as it was sent; null without one.</summary>
    public string? Location => Response.Headers.NonValidated.TryGetValues("Location", out var values) ? values.Single() : null;

    /// <summary>The page's heading.</summary>
    public string? Heading => Page.QuerySelector("h1")?.TextContent.Trim();

    public static async Task<Answer> ReadAsync(Uri url, HttpResponseMessage response, CancellationToken cancellationToken) =>
        new(url, response, await response.Content.ReadAsStringAsync(cancellationToken));

    /// <summary>A header's only value; null without one.</summary>
    public string? Header(string name) =>
        Response.Headers.TryGetValues(name, out var values) || Response.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : null;

    /// <summary>The form of this page, as it would be sent untouched. Where there are several, the one with this action.</summary>
    public PageForm Form(string? action = null) => PageForm.Of(
        Page.Forms.Single(f => action is null || f.GetAttribute("action") == action), Url);

    /// <summary>The parameters in the query (or the fragment) of <see cref="Location"/>, in order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> LocationParameters(char start = '?')
    {
        var at = Location!.IndexOf(start, StringComparison.Ordinal);
        return at < 0
            ? []
            : [.. Location[(at + 1)..].Split('&').Select(p => p.Split('=', 2)).Select(p => KeyValuePair.Create(p[0], Uri.UnescapeDataString(p[1])))];
    }

    /// <summary>One parameter of <see cref="Location"/>; null when it is not there.</summary>
    public string? Parameter(string name) => LocationParameters().Where(p => p.Key == name).Select(p => p.Value).SingleOrDefault();
}
