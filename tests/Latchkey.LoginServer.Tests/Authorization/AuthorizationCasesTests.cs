using System.Net;
using Latchkey.Core.Clients;
using Latchkey.LoginServer.Tests.Framework;
using Latchkey.Protocol;
using Latchkey.Storage.Clients;

namespace Latchkey.LoginServer.Tests.Authorization;

/// <summary>Everything an app may get wrong in an authorization request, sent over HTTP by a browser that is logged in.</summary>
public sealed class AuthorizationCasesTests(AuthorizationCasesTests.Server server) : IClassFixture<AuthorizationCasesTests.Server>
{
    private const string WithQuery = "https://app.example/q?a=1&b=2";

    [Theory]
    [Spec("AZ-05")]
    [InlineData("https://app.example/cb/x")]
    [InlineData("https://app.example/cb/")]
    [InlineData("https://app.example/c")]
    [InlineData("https://app.example/cb/../cb")]
    public Task A_longer_or_shorter_path_is_another_address(string sent) => ToldToThePersonAsync((OAuthParameters.RedirectUri, sent));

    [Theory]
    [Spec("AZ-06")]
    [InlineData("https://APP.example/cb")]
    [InlineData("https://app.example/CB")]
    [InlineData("HTTPS://app.example/cb")]
    public Task Another_letter_case_is_another_address(string sent) => ToldToThePersonAsync((OAuthParameters.RedirectUri, sent));

    [Theory]
    [Spec("AZ-07")]
    [InlineData("https://app.example/cb?x=1")]
    [InlineData("https://app.example/cb?")]
    [InlineData("https://app.example/q?b=2&a=1")]
    [InlineData("https://app.example/q?a=1")]
    [InlineData("https://app.example/q?a=2&b=2")]
    [InlineData("https://app.example/q?a=1&b=2&c=3")]
    [InlineData("https://app.example/q")]
    public Task Another_query_is_another_address(string sent) => ToldToThePersonAsync((OAuthParameters.RedirectUri, sent));

    [Theory]
    [Spec("AZ-09")]
    [Spec("AZ-11")]
    [InlineData("https://app.example:443/cb")]
    [InlineData("https://app.example/%63b")]
    [InlineData("https://app.example%2Fcb")]
    [InlineData("https://app.example/./cb")]
    [InlineData("https://app.example./cb")]
    [InlineData("https://app.example//cb")]
    [InlineData("https://app.example/cb#")]
    [InlineData("https://app.example/cb#x")]
    [InlineData("https://user@app.example/cb")]
    public Task An_equal_address_in_other_words_is_another_one(string sent) => ToldToThePersonAsync((OAuthParameters.RedirectUri, sent));

    [Theory]
    [Spec("AZ-12")]
    [InlineData("http://127.0.0.1:51004/cb")]
    [InlineData("http://[::1]:51004/v6")]
    [InlineData("http://localhost:51004/lo")]
    [InlineData("http://localhost:80/lo")]
    [InlineData("http://localhost/lo")]
    public async Task The_port_of_a_loopback_address_is_free(string sent)
    {
        var answer = await server.AskAsync((OAuthParameters.RedirectUri, sent), (OAuthParameters.Prompt, "none"));

        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        Assert.StartsWith(sent + "?error=consent_required", answer.Location);
    }

    [Theory]
    [Spec("AZ-12")]
    [InlineData("http://127.0.0.1:0/cb")]
    [InlineData("http://127.0.0.1:65536/cb")]
    [InlineData("http://127.0.0.1:00080/cb")]
    [InlineData("http://127.0.0.1:/cb")]
    [InlineData("http://127.0.0.1:+80/cb")]
    [InlineData("http://127.0.0.1:80x/cb")]
    [InlineData("http://127.0.0.2:51004/cb")]
    [InlineData("http://127.1:51004/cb")]
    [InlineData("http://LOCALHOST:51004/lo")]
    [InlineData("http://localhost.:51004/lo")]
    [InlineData("http://localhost:51004/cb")]
    [InlineData("http://[0:0:0:0:0:0:0:1]:51004/v6")]
    [InlineData("https://127.0.0.1:51004/cb")]
    [InlineData("http://127.0.0.1:51004/cb?x")]
    [InlineData("http://127.0.0.1:51004@evil.example/cb")]
    public Task Of_a_loopback_address_nothing_else_is_free(string sent) => ToldToThePersonAsync((OAuthParameters.RedirectUri, sent));

    [Theory]
    [Spec("AZ-15")]
    [InlineData("https://\u0430pp.example/cb")]
    [InlineData("https://xn--pp-8ka.example/cb")]
    [InlineData("https://app\u3002example/cb")]
    [InlineData("https://\uff41pp.example/cb")]
    [InlineData("https://app.example/c\u200db")]
    public Task An_address_that_only_looks_alike_is_another_one(string sent) => ToldToThePersonAsync((OAuthParameters.RedirectUri, sent));

    [Theory]
    [Spec("AZ-16")]
    [Spec("XI-04")]
    [InlineData("https://app.example/cb\r\nX-Planted: 1")]
    [InlineData("https://app.example/cb\tx")]
    [InlineData("https://app.example/cb\0")]
    [InlineData("https://app.example\\cb")]
    [InlineData("https://app.example/cb%0d%0aX-Planted:%201")]
    [InlineData("https://app.example/cb%00")]
    [InlineData("https://app.example/cb%5c")]
    public async Task Control_characters_in_an_address_reach_no_header(string sent)
    {
        var answer = await ToldToThePersonAsync((OAuthParameters.RedirectUri, sent));

        Assert.Null(answer.Header("X-Planted"));
    }

    [Theory]
    [Spec("AZ-02")]
    [Spec("AZ-03")]
    [InlineData(OAuthParameters.ClientId, null)]
    [InlineData(OAuthParameters.ClientId, "")]
    [InlineData(OAuthParameters.ClientId, "00000000000000000000")]
    [InlineData(OAuthParameters.ClientId, "<script>alert(1)</script>")]
    [InlineData(OAuthParameters.RedirectUri, null)]
    [InlineData(OAuthParameters.RedirectUri, "")]
    public async Task Without_a_client_and_its_address_nobody_is_redirected(string name, string? value) =>
        Assert.DoesNotContain("<script>alert", (await ToldToThePersonAsync((name, value))).Text);

    [Fact]
    [Spec("XI-09")]
    public async Task A_client_id_is_neither_trimmed_nor_folded()
    {
        await ToldToThePersonAsync((OAuthParameters.ClientId, server.Client.Id.ToUpperInvariant().Replace('0', 'O')));
        await ToldToThePersonAsync((OAuthParameters.ClientId, " " + server.Client.Id));
        await ToldToThePersonAsync((OAuthParameters.ClientId, server.Client.Id + "\u0000"));
        await ToldToThePersonAsync((OAuthParameters.ClientId, server.Client.Id + " "));
    }

    [Theory]
    [Spec("AZ-17")]
    [InlineData(OAuthParameters.ClientId)]
    [InlineData(OAuthParameters.RedirectUri)]
    public async Task Who_asks_and_where_to_is_said_once(string name)
    {
        var request = App.Request(server.Client);
        var twice = request.Append(request.Single(p => p.Key == name));

        NotRedirected(await server.Browser.GetAsync(App.Url(twice)));
        NotRedirected(await server.Browser.PostAsync(OAuthPaths.Authorize, [.. twice.Select(p => (p.Key, p.Value))]));
        NotRedirected(await server.Browser.PostAsync(App.Url(request.Where(p => p.Key == name)), [.. request.Select(p => (p.Key, p.Value))]));
    }

    [Theory]
    [Spec("AZ-18")]
    [InlineData(OAuthParameters.Scope)]
    [InlineData(OAuthParameters.State)]
    [InlineData(OAuthParameters.Nonce)]
    [InlineData(OAuthParameters.CodeChallenge)]
    [InlineData(OAuthParameters.CodeChallengeMethod)]
    [InlineData(OAuthParameters.ResponseType)]
    [InlineData(OAuthParameters.ResponseMode)]
    [InlineData(OAuthParameters.Prompt)]
    [InlineData(OAuthParameters.MaxAge)]
    public async Task Everything_else_is_said_once_too(string name)
    {
        var twice = App.Request(server.Client).Append(new(name, "query")).Append(new(name, "query"));
        foreach (var answer in (Answer[])
            [
                await server.Browser.GetAsync(App.Url(twice)),
                await server.Browser.PostAsync(App.Url([new(name, "query")]), [.. twice.SkipLast(1).Select(p => (p.Key, p.Value))]),
            ])
        {
            Refused(answer, "invalid_request", name == OAuthParameters.State ? null : App.State);
        }
    }

    [Fact]
    [Spec("AZ-18")]
    [Spec("XI-09")]
    public async Task A_name_in_another_letter_case_is_another_name_in_the_query_and_in_the_body()
    {
        (string, string)[] request = [("State", "other"), ("CLIENT_ID", "other"), .. App.Request(server.Client, (OAuthParameters.Prompt, "none")).Select(p => (p.Key, p.Value))];

        Refused(await server.Browser.PostAsync(OAuthPaths.Authorize, request), "consent_required");
        Refused(await server.Browser.GetAsync(App.Url(request.Select(p => KeyValuePair.Create(p.Item1, p.Item2)))), "consent_required");
    }

    [Theory]
    [Spec("AZ-19")]
    [InlineData(OAuthParameters.ResponseType, null)]
    [InlineData(OAuthParameters.ResponseType, "")]
    public Task A_response_type_is_needed(string name, string? value) => RefusedAsync("invalid_request", (name, value));

    [Theory]
    [Spec("AZ-20")]
    [InlineData("token")]
    [InlineData("id_token")]
    [InlineData("code id_token")]
    [InlineData("code token")]
    [InlineData("CODE")]
    [InlineData("none")]
    [InlineData(" code")]
    [InlineData("code ")]
    [InlineData("code code")]
    public async Task Code_is_the_only_response_type(string value) =>
        Assert.DoesNotContain('#', (await RefusedAsync("unsupported_response_type", (OAuthParameters.ResponseType, value))).Location!);

    [Theory]
    [Spec("AZ-22")]
    [InlineData("fragment")]
    [InlineData("web_message")]
    [InlineData("query.jwt")]
    [InlineData("FORM_POST")]
    [InlineData("junk")]
    public Task Other_response_modes_are_refused(string value) => RefusedAsync("invalid_request", (OAuthParameters.ResponseMode, value));

    [Theory]
    [Spec("AZ-23")]
    [InlineData(null)]
    [InlineData("")]
    public async Task Without_a_state_none_comes_back(string? state)
    {
        var answer = await server.AskAsync((OAuthParameters.State, state), (OAuthParameters.Prompt, "none"));

        Assert.DoesNotContain("state", answer.Location);
    }

    [Theory]
    [Spec("AZ-25")]
    [Spec("AZ-26")]
    [Spec("AZ-27")]
    [InlineData(OAuthParameters.CodeChallenge, null)]
    [InlineData(OAuthParameters.CodeChallengeMethod, null)]
    [InlineData(OAuthParameters.CodeChallengeMethod, "plain")]
    [InlineData(OAuthParameters.CodeChallengeMethod, "s256")]
    [InlineData(OAuthParameters.CodeChallengeMethod, "S512")]
    [InlineData(OAuthParameters.CodeChallenge, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-c")]
    [InlineData(OAuthParameters.CodeChallenge, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cMA")]
    [InlineData(OAuthParameters.CodeChallenge, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM=")]
    [InlineData(OAuthParameters.CodeChallenge, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-c=")]
    [InlineData(OAuthParameters.CodeChallenge, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM")]
    [InlineData(OAuthParameters.CodeChallenge, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw/cM")]
    public async Task A_challenge_is_needed_made_with_s256(string name, string? value)
    {
        await RefusedAsync("invalid_request", (name, value));
        Refused(await server.Browser.GetAsync(App.Authorize(server.Public, (name, value))), "invalid_request");
        await RefusedAsync("invalid_request", (OAuthParameters.CodeChallenge, new string('a', 129)));
    }

    [Theory]
    [Spec("AZ-33")]
    [InlineData("none login")]
    [InlineData("none consent")]
    [InlineData("foo")]
    [InlineData("NONE")]
    [InlineData("login foo")]
    [InlineData("none\t")]
    public Task A_prompt_that_makes_no_sense_is_refused(string value) => RefusedAsync("invalid_request", (OAuthParameters.Prompt, value));

    [Theory]
    [Spec("AZ-36")]
    [Spec("XI-10")]
    [InlineData("-1")]
    [InlineData("abc")]
    [InlineData("99999999999999999999")]
    [InlineData("1e3")]
    [InlineData("2147483648")]
    [InlineData("9223372036854775808")]
    [InlineData("-0")]
    [InlineData(" 1")]
    [InlineData("+1")]
    [InlineData("0x10")]
    [InlineData("\u0661\u0662")]
    [InlineData("1.5")]
    public Task A_max_age_is_plain_digits(string value) => RefusedAsync("invalid_request", (OAuthParameters.MaxAge, value));

    [Theory]
    [Spec("AZ-40")]
    [InlineData("nope")]
    [InlineData("linodes:nope")]
    [InlineData("LINODES:read_only")]
    [InlineData("linodes:read_only\"")]
    [InlineData("linodes\\:read_only")]
    [InlineData("linodes:read_only\u007f")]
    [InlineData("linodes:read_only caf\u00e9")]
    [InlineData("openid caf\u00e9")]
    [InlineData("linodes:read_only\tdomains:read_only")]
    [InlineData("linodes:read_only,domains:read_only")]
    public Task A_scope_nobody_knows_or_may_write_is_refused(string value) => RefusedAsync("invalid_scope", (OAuthParameters.Scope, value));

    [Fact]
    [Spec("AZ-40")]
    public async Task A_scope_the_client_may_not_ask_for_is_refused_and_with_openid_an_unknown_one_is_passed_over()
    {
        var narrow = await server.Host.AddClientAsync(new NewClient { Label = "Narrow", RedirectUris = [App.Callback], AllowedScopes = ScopeSet.Parse("domains:read_only") });

        Refused(await server.Browser.GetAsync(App.Authorize(narrow)), "invalid_scope");
        Refused(await server.AskAsync((OAuthParameters.Scope, "openid of-another-server"), (OAuthParameters.Prompt, "none")), "consent_required");
    }

    [Theory]
    [Spec("AZ-41")]
    [InlineData("foo", "bar")]
    [InlineData("display", "popup")]
    [InlineData("ui_locales", "de <script>")]
    [InlineData("claims_locales", "fr")]
    [InlineData("claims", "{\"id_token\":{}}")]
    [InlineData("login_hint", "\"><script>alert(1)</script>")]
    [InlineData("acr_values", "urn:x")]
    [InlineData("dpop_jkt", "x")]
    [InlineData("authorization_details", "[]")]
    public async Task What_is_not_known_here_is_passed_over(string name, string value)
    {
        var answer = await server.AskAsync((name, value));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.NotNull(answer.Form("/oauth/consent"));
        Assert.DoesNotContain("<script", answer.Text);
    }

    [Fact]
    [Spec("AZ-51")]
    public async Task A_client_without_the_code_grant_is_refused_and_an_api_gets_nobody()
    {
        var client = await server.Host.AddClientAsync(new NewClient { Label = "Only refresh", RedirectUris = [App.Callback], Grants = [GrantTypes.RefreshToken] });
        var api = await server.Host.AddClientAsync(new NewClient { Label = "API", RedirectUris = [App.Callback], Api = true });

        Refused(await server.Browser.GetAsync(App.Authorize(client)), "unauthorized_client");
        NotRedirected(await server.Browser.GetAsync(App.Authorize(api)));
    }

    [Theory]
    [Spec("XI-02")]
    [InlineData(OAuthParameters.Scope)]
    [InlineData(OAuthParameters.State)]
    [InlineData(OAuthParameters.RedirectUri)]
    [InlineData(OAuthParameters.ClientId)]
    public async Task A_hundred_kilobytes_in_a_posted_parameter_are_refused(string name) => NotRedirected(await server.Browser.PostAsync(
        OAuthPaths.Authorize, [.. App.Request(server.Client, (name, new string('a', 100_000))).Select(p => (p.Key, p.Value))]));

    [Theory]
    [Spec("RFC8707-2")]
    [InlineData("https://api.example/v2")]
    [InlineData("https://API.example/v1")]
    [InlineData("https://api.example/v1/")]
    public async Task A_resource_that_no_API_is_registered_for_is_refused(string value)
    {
        await server.Host.AddClientAsync(new NewClient { Label = "API", Api = true, Resource = "https://api.example/v1" });

        await RefusedAsync("invalid_target", (OAuthParameters.Resource, value));

        var known = await server.AskAsync((OAuthParameters.Resource, "https://api.example/v1"), (OAuthParameters.Prompt, "none"));
        Assert.Equal("consent_required", known.Parameter("error"));
    }

    private async Task<Answer> ToldToThePersonAsync(params (string, string?)[] changes)
    {
        var answer = await server.AskAsync(changes);
        NotRedirected(answer);
        return answer;
    }

    private async Task<Answer> RefusedAsync(string error, params (string, string?)[] changes)
    {
        var answer = await server.AskAsync(changes);
        Refused(answer, error);
        return answer;
    }

    private static void NotRedirected(Answer answer)
    {
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Null(answer.Location);
        Assert.DoesNotContain("code=", answer.Text);
        Assert.StartsWith("text/html", answer.Header("Content-Type"));
    }

    private void Refused(Answer answer, string error, string? state = App.State)
    {
        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        Assert.StartsWith(App.Callback + "?", answer.Location);
        Assert.Equal((error, state), (answer.Parameter(OAuthParameters.Error), answer.Parameter(OAuthParameters.State)));
        Assert.Equal(server.Host.Issuer, answer.Parameter(OAuthParameters.Issuer));
        Assert.Null(answer.Parameter(OAuthParameters.Code));
    }

    /// <summary>One server for all of them: none of these requests changes anything.</summary>
    public sealed class Server : IAsyncLifetime
    {
        internal LoginServerHost Host { get; private set; } = null!;

        internal Client Client { get; private set; } = null!;

        internal Client Public { get; private set; } = null!;

        internal Browser Browser { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Host = await LoginServerHost.StartAsync();
            await Host.AddUserAsync();
            Client = await Host.AddClientAsync(new NewClient
            {
                Label = "App",
                RedirectUris = [App.Callback, WithQuery, "http://127.0.0.1/cb", "http://[::1]/v6", "http://localhost/lo"],
            });
            Public = await Host.AddClientAsync(new NewClient { Label = "Public", RedirectUris = [App.Callback], Public = true });
            Browser = await Host.LogInAsync();
        }

        public ValueTask DisposeAsync() => Host.DisposeAsync();

        internal Task<Answer> AskAsync(params (string Name, string? Value)[] changes) => Browser.GetAsync(App.Authorize(Client, changes));
    }
}
