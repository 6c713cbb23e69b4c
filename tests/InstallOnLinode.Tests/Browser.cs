using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace InstallOnLinode.Tests;

/// <summary>A browser with its own cookies that goes nowhere unasked.</summary>
internal sealed class Browser(Uri home) : IDisposable
{
    private readonly CookieContainer _cookies = new();
    private HttpClient? _http;

    private HttpClient Http => _http ??= new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = _cookies }) { BaseAddress = home };

    public IEnumerable<Cookie> Cookies => _cookies.GetAllCookies();

    public Task<HttpResponseMessage> GetAsync(string path) => Http.GetAsync(path, TestContext.Current.CancellationToken);

    public async Task<IHtmlDocument> OpenAsync(string path) => await ReadAsync(await GetAsync(path));

    public static async Task<IHtmlDocument> ReadAsync(HttpResponseMessage answer) =>
        new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

    /// <summary>Fills in the order form; null takes a field away.</summary>
    public async Task<HttpResponseMessage> OrderAsync(params (string Name, string? Value)[] changes)
    {
        var page = await OpenAsync("/");
        var fields = new Dictionary<string, string?>
        {
            ["__RequestVerificationToken"] = page.QuerySelector("input[name=__RequestVerificationToken]")?.GetAttribute("value"),
            ["region"] = "eu-west",
            ["type"] = "g6-nanode-1",
            ["image"] = "linode/debian12",
            ["udf-title"] = "Notes & <b>",
            ["udf-theme"] = "dark",
            ["udf-admin_password"] = "correct horse",
        };
        foreach (var (name, value) in changes)
        {
            fields[name] = value;
        }

        using var form = new FormUrlEncodedContent(fields.Where(f => f.Value is not null)!);
        return await Http.PostAsync("/", form, TestContext.Current.CancellationToken);
    }

    /// <summary>Orders and logs in; gives the address that Linode sends the browser back to.</summary>
    public async Task<string> LogInAsync()
    {
        using var ordered = await OrderAsync();
        Assert.Equal(HttpStatusCode.Redirect, ordered.StatusCode);
        using var back = await GetAsync(ordered.Headers.Location!.ToString());
        return back.Headers.Location!.ToString();
    }

    /// <summary>Opens the callback; gives the address of the page it ends at.</summary>
    public async Task<string> ComeBackAsync(string callback)
    {
        using var answer = await GetAsync(callback);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return answer.Headers.Location!.ToString();
    }

    /// <summary>All of it: order, log in, come back, see the page.</summary>
    public async Task<IHtmlDocument> InstallAsync() => await OpenAsync(await ComeBackAsync(await LogInAsync()));

    public void Dispose() => _http?.Dispose();
}
