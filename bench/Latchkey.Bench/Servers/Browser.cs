using System.Net;
using System.Text.RegularExpressions;
using System.Web;

namespace Latchkey.Bench.Servers;

/// <summary>Logs in and agrees once, as a person would, so that the cookie under load is a real one.</summary>
internal sealed partial class Browser : IDisposable
{
    private const int MostSteps = 10;
    private readonly CookieContainer _cookies = new();
    private readonly HttpClient _http;

    public Browser(Uri site) =>
        _http = new HttpClient(new SocketsHttpHandler { CookieContainer = _cookies, AllowAutoRedirect = false }) { BaseAddress = site };

    public string Cookie => _cookies.GetCookieHeader(_http.BaseAddress!);

    /// <summary>Follows redirects and fills in forms until the app is called back; returns the code that it gets.</summary>
    public async Task<string> LogInAsync(string path, string user, string password)
    {
        var at = new Uri(_http.BaseAddress!, path);
        var answer = await _http.GetAsync(at);
        for (var step = 0; step < MostSteps; step++)
        {
            if (answer.Headers.Location is { } location)
            {
                at = new Uri(at, location);
                if (HttpUtility.ParseQueryString(at.Query)["code"] is { } code && at.Authority != _http.BaseAddress!.Authority)
                {
                    return code;
                }

                answer.Dispose();
                answer = await _http.GetAsync(at);
                continue;
            }

            var page = await answer.Content.ReadAsStringAsync();
            if (!answer.IsSuccessStatusCode || Form().Match(page) is not { Success: true } form)
            {
                throw new BenchException($"No way to log in: {at} answered {(int)answer.StatusCode}\n{page}");
            }

            at = new Uri(at, Attribute(form.Groups["tag"].Value, "action") ?? "");
            using var fields = new FormUrlEncodedContent(Fields(form.Groups["content"].Value, user, password));
            answer.Dispose();
            answer = await _http.PostAsync(at, fields);
        }

        throw new BenchException("The login does not come to an end.");
    }

    public void Dispose() => _http.Dispose();

    // Every input as it stands, then what the person adds: hidden fields come back, boxes that come ticked stay ticked.
    private static IEnumerable<KeyValuePair<string, string>> Fields(string form, string user, string password)
    {
        foreach (Match input in Input().Matches(form))
        {
            var (name, type) = (Attribute(input.Value, "name"), Attribute(input.Value, "type"));
            var skipped = type is "checkbox" or "radio" && !input.Value.Contains(" checked", StringComparison.OrdinalIgnoreCase);
            if (name is not (null or "username" or "password") && type is not "submit" && !skipped)
            {
                yield return new(name, Attribute(input.Value, "value") ?? "");
            }
        }

        if (form.Contains("name=\"password\"", StringComparison.Ordinal))
        {
            yield return new("username", user);
            yield return new("password", password);
        }
        else
        {
            yield return new("decision", "allow");
        }
    }

    private static string? Attribute(string tag, string name) =>
        Regex.Match(tag, $"\\s{name}=\"([^\"]*)\"", RegexOptions.IgnoreCase) is { Success: true } match
            ? HttpUtility.HtmlDecode(match.Groups[1].Value)
            : null;

    [GeneratedRegex("<input[^>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex Input();

    [GeneratedRegex("(?<tag><form[^>]*>)(?<content>.*?)</form>", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Form();
}
