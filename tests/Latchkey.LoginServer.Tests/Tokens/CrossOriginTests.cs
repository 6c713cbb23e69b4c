using System.Net;
using Latchkey.Core.Clients;
using Latchkey.Storage.Clients;

namespace Latchkey.LoginServer.Tests.Tokens;

public sealed class CrossOriginTests
{
    private const string Own = "https://app.example";

    public static TheoryData<string> Strangers =>
    [
        "https://evil.example", "http://app.example", "https://app.example:8443", "https://APP.example",
        "https://app.example/", "https://app.example.evil.example", "https://app.exampl", "null",
    ];

    [Theory, Spec("TK-46")]
    [InlineData("/oauth/token")]
    [InlineData("/oauth/revoke")]
    public async Task A_script_of_the_apps_own_origin_may_read_the_answer(string path)
    {
        await using var server = await BackChannel.StartAsync();
        using var answer = await PostAsync(server, path, Own);
        Assert.Equal([Own], answer.Headers.GetValues("Access-Control-Allow-Origin"));
        AssertVaries(answer);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Credentials"));
    }

    [Theory, Spec("TK-46"), MemberData(nameof(Strangers))]
    public async Task A_script_of_any_other_origin_may_not(string origin)
    {
        await using var server = await BackChannel.StartAsync();
        foreach (var path in (string[])["/oauth/token", "/oauth/revoke"])
        {
            using var answer = await PostAsync(server, path, origin);
            AssertClosed(answer);
            AssertVaries(answer);
            using var preflight = await PreflightAsync(server, path, origin);
            AssertClosed(preflight);
        }
    }

    [Fact, Spec("TK-46")]
    public async Task Another_clients_origin_is_not_this_clients()
    {
        await using var server = await BackChannel.StartAsync();
        await server.AddClientAsync(new NewClient { Label = "Other", RedirectUris = ["https://other.example/cb"] });
        using var answer = await PostAsync(server, "/oauth/token", "https://other.example");
        AssertClosed(answer);
    }

    [Fact, Spec("TK-46")]
    public async Task A_host_may_be_registered_in_upper_case()
    {
        await using var server = await BackChannel.StartAsync();
        await server.AddClientAsync(new NewClient { Label = "Other", RedirectUris = ["https://Other.Example/cb"] });
        using var answer = await PreflightAsync(server, "/oauth/token", "https://other.example");
        Assert.Equal(["https://other.example"], answer.Headers.GetValues("Access-Control-Allow-Origin"));
    }

    [Fact, Spec("TK-46")]
    public async Task A_preflight_from_a_registered_origin_is_let_through()
    {
        await using var server = await BackChannel.StartAsync();
        using var answer = await PreflightAsync(server, "/oauth/token", Own);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal([Own], answer.Headers.GetValues("Access-Control-Allow-Origin"));
        Assert.Equal(["POST"], answer.Headers.GetValues("Access-Control-Allow-Methods"));
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Credentials"));
        AssertVaries(answer);
    }

    [Fact, Spec("TK-46")]
    public async Task A_disabled_clients_origin_is_closed()
    {
        await using var server = await BackChannel.StartAsync();
        await server.Get<ClientStore>().SetStatusAsync(server.App.Client.Id, ClientStatus.Disabled);
        using var answer = await PostAsync(server, "/oauth/token", Own);
        using var preflight = await PreflightAsync(server, "/oauth/token", Own);
        AssertClosed(answer);
        AssertClosed(preflight);
    }

    [Theory, Spec("AZ-44"), Spec("RFC9700-2.6")]
    [InlineData("/oauth/authorize")]
    [InlineData("/oauth/introspect")]
    [InlineData("/login")]
    public async Task No_other_endpoint_answers_scripts(string path)
    {
        await using var server = await BackChannel.StartAsync();
        using var answer = await PostAsync(server, path, Own);
        using var preflight = await PreflightAsync(server, path, Own);
        AssertClosed(answer);
        AssertClosed(preflight);
    }

    [Fact, Spec("TK-02")]
    public async Task Anything_but_POST_is_told_that_POST_is_all_there_is()
    {
        await using var server = await BackChannel.StartAsync();
        using var answer = await server.Http.GetAsync(new Uri("/oauth/token", UriKind.Relative));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["POST"], answer.Content.Headers.Allow);
    }

    // Refused each time (there is no code, no token): a browser app has to be able to read why.
    private static Task<HttpResponseMessage> PostAsync(BackChannel server, string path, string origin) => SendAsync(
        server, HttpMethod.Post, path, ("Origin", origin));

    private static Task<HttpResponseMessage> PreflightAsync(BackChannel server, string path, string origin) => SendAsync(
        server, HttpMethod.Options, path, ("Origin", origin), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "authorization"));

    private static async Task<HttpResponseMessage> SendAsync(BackChannel server, HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (method == HttpMethod.Post)
        {
            request.Content = new FormUrlEncodedContent([KeyValuePair.Create("client_id", server.App.Client.Id), KeyValuePair.Create("grant_type", "authorization_code")]);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await server.Http.SendAsync(request);
    }

    private static void AssertClosed(HttpResponseMessage answer) =>
        Assert.DoesNotContain(answer.Headers, h => h.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));

    private static void AssertVaries(HttpResponseMessage answer) => Assert.Contains("Origin", answer.Headers.Vary);
}
