using System.Net;
using Latchkey.LoginServer.Tests.Framework;
using Latchkey.Protocol;
using Latchkey.Storage.Clients;

namespace Latchkey.LoginServer.Tests.Authorization;

/// <summary>What a proven client may get wrong in the rest of its request, sent by a browser that is logged in.</summary>
public sealed class AuthorizationCasesTests(CasesServer server) : IClassFixture<CasesServer>
{
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
    [InlineData("login_hint")]
    [InlineData("foo")]
    public async Task Everything_else_is_said_once_too(string name)
    {
        var twice = App.Request(server.Client).Append(new(name, "query")).Append(new(name, "query"));
        foreach (var answer in (Answer[])
            [
                await server.Browser.GetAsync(App.Url(twice)),
                await server.Browser.PostAsync(App.Url([new(name, "query")]), [.. twice.SkipLast(1).Select(p => (p.Key, p.Value))]),
            ])
        {
            server.Refused(answer, "invalid_request", name == OAuthParameters.State ? null : App.State);
        }
    }

    [Fact]
    [Spec("AZ-18")]
    [Spec("XI-09")]
    public async Task A_name_in_another_letter_case_is_another_name_in_the_query_and_in_the_body()
    {
        (string, string)[] request = [("State", "other"), ("CLIENT_ID", "other"), .. App.Request(server.Client, (OAuthParameters.Prompt, "none")).Select(p => (p.Key, p.Value))];

        server.Refused(await server.Browser.PostAsync(OAuthPaths.Authorize, request), "consent_required");
        server.Refused(await server.Browser.GetAsync(App.Url(request.Select(p => KeyValuePair.Create(p.Item1, p.Item2)))), "consent_required");
    }

    [Theory]
    [Spec("AZ-19")]
    [InlineData(OAuthParameters.ResponseType, null)]
    [InlineData(OAuthParameters.ResponseType, "")]
    public Task A_response_type_is_needed(string name, string? value) => server.RefusedAsync("invalid_request", (name, value));

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
        Assert.DoesNotContain('#', (await server.RefusedAsync("unsupported_response_type", (OAuthParameters.ResponseType, value))).Location!);

    [Theory]
    [Spec("AZ-22")]
    [InlineData("fragment")]
    [InlineData("web_message")]
    [InlineData("query.jwt")]
    [InlineData("FORM_POST")]
    [InlineData("junk")]
    public Task Other_response_modes_are_refused(string value) => server.RefusedAsync("invalid_request", (OAuthParameters.ResponseMode, value));

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
        await server.RefusedAsync("invalid_request", (name, value));
        server.Refused(await server.Browser.GetAsync(App.Authorize(server.Public, (name, value))), "invalid_request");
        await server.RefusedAsync("invalid_request", (OAuthParameters.CodeChallenge, new string('a', 129)));
    }

    [Theory]
    [Spec("AZ-33")]
    [InlineData("none login")]
    [InlineData("none consent")]
    [InlineData("foo")]
    [InlineData("NONE")]
    [InlineData("login foo")]
    [InlineData("none\t")]
    public Task A_prompt_that_makes_no_sense_is_refused(string value) => server.RefusedAsync("invalid_request", (OAuthParameters.Prompt, value));

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
    public Task A_max_age_is_plain_digits(string value) => server.RefusedAsync("invalid_request", (OAuthParameters.MaxAge, value));

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
    public Task A_scope_nobody_knows_or_may_write_is_refused(string value) => server.RefusedAsync("invalid_scope", (OAuthParameters.Scope, value));

    [Fact]
    [Spec("AZ-40")]
    public async Task A_scope_the_client_may_not_ask_for_is_refused_and_with_openid_an_unknown_one_is_passed_over()
    {
        var narrow = await server.Host.AddClientAsync(new NewClient { Label = "Narrow", RedirectUris = [App.Callback], AllowedScopes = ScopeSet.Parse("domains:read_only") });

        server.Refused(await server.Browser.GetAsync(App.Authorize(narrow)), "invalid_scope");
        server.Refused(await server.AskAsync((OAuthParameters.Scope, "openid of-another-server"), (OAuthParameters.Prompt, "none")), "consent_required");
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

        server.Refused(await server.Browser.GetAsync(App.Authorize(client)), "unauthorized_client");
        CasesServer.NotRedirected(await server.Browser.GetAsync(App.Authorize(api)));
    }

    [Theory]
    [Spec("RFC8707-2")]
    [InlineData("https://api.example/v2")]
    [InlineData("https://API.example/v1")]
    [InlineData("https://api.example/v1/")]
    public async Task A_resource_that_no_API_is_registered_for_is_refused(string value)
    {
        await server.Host.AddClientAsync(new NewClient { Label = "API", Api = true, Resource = "https://api.example/v1" });

        await server.RefusedAsync("invalid_target", (OAuthParameters.Resource, value));

        var known = await server.AskAsync((OAuthParameters.Resource, "https://api.example/v1"), (OAuthParameters.Prompt, "none"));
        Assert.Equal("consent_required", known.Parameter("error"));
    }
}
