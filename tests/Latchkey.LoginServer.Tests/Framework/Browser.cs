using System.Net;

namespace Latchkey.LoginServer.Tests.Framework;

/// <summary>A small browser: keeps cookies, fills forms, and follows no redirect unless told to.</summary>
internal sealed class Browser(HttpMessageHandler handler, Uri home)
{
    private readonly HttpClient _http = new(handler, disposeHandler: false) { Timeout = TimeSpan.FromSeconds(60) };

    public Uri Home => home;

    public CookieContainer Cookies { get; } = new();

    /// <summary>The value of a cookie for the home; null when it is not there.</summary>
    public string? Cookie(string name) => Cookies.GetCookies(home)[name]?.Value;

    public Task<Answer> GetAsync(string url) => SendAsync(HttpMethod.Get, url);

    public Task<Answer> PostAsync(string url, params (string Name, string Value)[] fields) =>
        SendAsync(HttpMethod.Post, url, new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))));

    /// <summary>Sends a form, as browsers do when the page says <c>Referrer-Policy: no-referrer</c>.</summary>
    public Task<Answer> SubmitAsync(PageForm form, params (string Name, string Value)[] headers) => SendAsync(
        HttpMethod.Post,
        form.Action.ToString(),
        new FormUrlEncodedContent(form.Fields),
        headers.Length > 0 ? headers : [("Origin", "null"), ("Sec-Fetch-Site", "same-origin")]);

    /// <summary>Goes where a redirect points, as long as it stays on this host.</summary>
    public async Task<Answer> FollowAsync(Answer answer)
    {
        while (answer.Location is { } location && new Uri(answer.Url, location) is var next && next.Authority == home.Authority)
        {
            answer = await GetAsync(next.ToString());
        }

        return answer;
    }

    public async Task<Answer> SendAsync(HttpMethod method, string url, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        var target = new Uri(home, url);
        using var request = new HttpRequestMessage(method, target) { Content = content };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (Cookies.GetCookieHeader(target) is { Length: > 0 } cookies)
        {
            request.Headers.TryAddWithoutValidation("Cookie", cookies);
        }

        var cancellationToken = TestContext.Current.CancellationToken;
        var response = await _http.SendAsync(request, cancellationToken);
        if (response.Headers.TryGetValues("Set-Cookie", out var set))
        {
            foreach (var cookie in set)
            {
                Cookies.SetCookies(target, cookie);
            }
        }

        return await Answer.ReadAsync(target, response, cancellationToken);
    }
}
