using System.Text.Json;
using Latchkey.Model.Tests.Model;
using Latchkey.Model.Tests.Server;

namespace Latchkey.Model.Tests.Play;

/// <summary>What apps, honest and other, do behind the browser's back.</summary>
internal sealed class AppSteps(LiveServer server, World world, Purse purse, BrowserSteps browsers)
{
    /// <summary>For a step whose app is the one the token was issued to.</summary>
    public const int Own = -1;

    public Task ActAsync(Step step, Action<string> tell) => step.Act switch
    {
        Act.Redeem => RedeemAsync(step, tell),
        Act.Refresh => RefreshAsync(step, tell),
        Act.Revoke => RevokeAsync(step, tell),
        _ => AskAsync(step, tell),
    };

    private async Task RedeemAsync(Step step, Action<string> tell)
    {
        var picked = step.How == 99 ? purse.Pick(step.Back) : step.How < 60 && step.App != Own ? purse.PickFresh(step.Back) : purse.Pick(Kind.Code, step.Back);
        if (picked is not var (code, text))
        {
            tell("(no code to redeem)");
            return;
        }

        // How: 0..69 all right, then one thing wrong.
        var app = Presenter(step, code, wrongFrom: 93);
        var verifier = browsers.VerifierOf(code.Grant);
        var sent = step.How switch
        {
            >= 70 and < 76 => "verifier-0".PadRight(43, '~'),
            >= 76 and < 80 => null,
            _ => verifier,
        };
        var redirect = step.How switch { < 50 => null, >= 80 and < 86 => "https://app.example/other", _ => code.Grant.App?.Callback };
        var proven = step.How is not (>= 86 and < 93);
        tell($"{app} redeems {code}{Mark(sent != verifier, "another verifier")}{Mark(redirect?.EndsWith("other", StringComparison.Ordinal) == true, "another redirect URI")}{Mark(!proven, "a wrong secret")}");
        var expected = world.Redeem(code, app, proven, redirect is null || redirect == code.Grant.App?.Callback, sent == verifier);
        var answer = await PostAsync(app, proven, "/oauth/token", ("grant_type", app.Kind == AppKind.Compatible ? null : "authorization_code"), ("code", text), ("code_verifier", sent), ("redirect_uri", redirect));
        Take("Redeem", expected, answer, code.Grant);
    }

    private async Task RefreshAsync(Step step, Action<string> tell)
    {
        var picked = step.How == 99 ? purse.Pick(step.Back) : purse.Pick(Kind.Refresh, step.Back);
        if (picked is not var (token, text))
        {
            tell("(nothing to refresh)");
            return;
        }

        var app = Presenter(step, token, wrongFrom: 93);
        var proven = step.How is not (>= 86 and < 93);
        var wanted = step.How is >= 55 and < 86 ? Reach.Choices[step.How % 7] : default(Reach?);
        tell($"{app} refreshes {token}{(wanted is { } w ? $" for {w}" : "")}{Mark(!proven, "a wrong secret")}");
        var expected = world.Refresh(token, app, proven, wanted);
        var answer = await PostAsync(app, proven, "/oauth/token", ("grant_type", "refresh_token"), ("refresh_token", text), ("scope", wanted?.Text));
        Take("Refresh", expected, answer, token.Grant);
    }

    private async Task RevokeAsync(Step step, Action<string> tell)
    {
        if (purse.Pick(step.Back) is not var (token, text))
        {
            tell("(nothing to revoke)");
            return;
        }

        var app = Presenter(step, token, wrongFrom: 75);
        var proven = step.How is not (>= 65 and < 75);
        tell($"{app} revokes {token}{Mark(!proven, "a wrong secret")}");
        var (status, json) = await PostAsync(app, proven, "/oauth/revoke", ("token", text), ("token_type_hint", step.How % 3 == 0 ? "refresh_token" : null));
        Mismatch.Between(World.Revoke(token, app, proven), status == 200 ? "ok" : Error(json));
    }

    // An app may ask about its own access tokens, a public one about none.
    private async Task AskAsync(Step step, Action<string> tell)
    {
        var picked = step.How < 60 ? purse.Pick(Kind.Access, step.Back) : purse.Pick(step.Back);
        if (picked is not var (token, text))
        {
            tell("(nothing to ask about)");
            return;
        }

        var app = world.Apps[step.App];
        tell($"{app} asks about {token}");
        var (status, json) = await PostAsync(app, proven: true, "/oauth/introspect", ("token", text));
        var said = status == 200 ? $"active {json.GetProperty("active").GetBoolean()}" : Error(json);
        Mismatch.Between(app.Public || app.Disabled ? "invalid_client" : $"active {token.Grant.App == app && world.Introspect(token) is not null}", said);
    }

    private App Presenter(Step step, Token token, int wrongFrom) =>
        (step.App == Own || step.How < wrongFrom ? token.Grant.App : null) ?? world.Apps[Math.Max(0, step.App)];

    private Task<(int Status, JsonElement Json)> PostAsync(App app, bool proven, string path, params (string, string?)[] fields) => server.PostAsync(
        path, app.Id, proven ? app.Public ? null : app.Secret : new string('0', 64), fields);

    private void Take(string step, (string Answer, Reach? Ceiling) expected, (int Status, JsonElement Json) answer, Grant grant)
    {
        var (said, and) = expected.Answer.Split(", ", 2) is [var first, var rest] ? (first, rest) : (expected.Answer, "");
        Mismatch.Between(said, answer.Status == 200 ? "tokens" : Error(answer.Json), step);
        if (and.Length > 0)
        {
            Mismatch.Count($"{step}: {expected.Answer}");
        }

        if (answer.Status == 200)
        {
            purse.Take(world, grant, expected.Ceiling, answer.Json);
        }
    }

    private static string Error(JsonElement json) => json.GetProperty("error").GetString()!;

    private static string Mark(bool wrong, string what) => wrong ? $", with {what}" : "";
}
