using System.Security.Cryptography;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Latchkey.Model.Tests.Model;
using Latchkey.Model.Tests.Server;
using Microsoft.AspNetCore.WebUtilities;

namespace Latchkey.Model.Tests.Play;

/// <summary>What people do with their browsers.</summary>
internal sealed class BrowserSteps(LiveServer server, World world, Purse purse)
{
    private const string FormToken = "__RequestVerificationToken";

    private readonly Browser[] _browsers = [new(server), new(server)];
    private readonly Dictionary<Question, (Shown Page, string? Verifier)> _pages = [];
    private readonly Dictionary<Grant, string?> _verifiers = [];
    private int _requests;

    /// <summary>What redeems the grant's code; null when its request had no challenge.</summary>
    public string? VerifierOf(Grant grant) => _verifiers.GetValueOrDefault(grant);

    public Task ActAsync(Step step, Action<string> tell) => step.Act switch
    {
        Act.Authorize => AuthorizeAsync(step, tell),
        Act.LogIn => LogInAsync(step, tell),
        Act.LogOut => LogOutAsync(step, tell),
        Act.Consent => ConsentAsync(step, tell),
        Act.Withdraw => WithdrawAsync(step, tell),
        _ => MakeTokenAsync(step, tell),
    };

    private async Task AuthorizeAsync(Step step, Action<string> tell)
    {
        var app = world.Apps[step.App];
        var requested = Reach.Choices[step.How % Reach.Choices.Count];
        var prompt = (step.How / 10) switch { 8 => "none", 9 => "consent", _ => null };
        tell($"browser {step.Who} goes to {app}'s request for {requested}{(prompt is null ? "" : $", prompt={prompt}")}");
        var number = ++_requests;
        var verifier = app.Kind == AppKind.Compatible ? null : $"verifier-{number}".PadRight(43, '~');
        var expected = world.Authorize(step.Who, app, requested, prompt);
        var shown = await _browsers[step.Who].GetAsync("/oauth/authorize?" + Query(app, requested, prompt, verifier, $"state {number}"));
        if (shown.Page.QuerySelector("form[action='/oauth/consent']") is IHtmlFormElement form)
        {
            var boxes = form.QuerySelectorAll<IHtmlInputElement>("input[name=scope]").Where(i => i.IsChecked).Select(i => i.Value);
            Mismatch.Between(expected, $"question {Reach.Parse(string.Join(' ', boxes))}");
            _pages[world.Questions[^1]] = (shown, verifier);
            return;
        }

        Mismatch.Between(expected, Said(shown, app));
        Keep(expected, shown, verifier, $"state {number}");
    }

    private async Task LogInAsync(Step step, Action<string> tell)
    {
        var person = world.People[step.App % world.People.Count];
        var right = step.How < 80;
        tell($"{person.Name} logs in with browser {step.Who}{(right ? "" : " and a wrong password")}");
        var form = (await _browsers[step.Who].GetAsync("/login")).Fields("/login");
        var shown = await _browsers[step.Who].PostAsync("/login", With(form, ("username", server.NameOf(person)), ("password", right ? LiveServer.Password : "wrong")));
        Mismatch.Between($"logged in: {world.LogIn(step.Who, person, right)}", $"logged in: {shown.Status == 303}");
    }

    private async Task LogOutAsync(Step step, Action<string> tell)
    {
        tell($"browser {step.Who} logs out");
        var page = await _browsers[step.Who].GetAsync("/logout");
        var living = world.Living(step.Who) is not null;
        Mismatch.Between($"somebody to log out: {living}", $"somebody to log out: {page.Page.Forms.Length > 0}");
        if (living)
        {
            await _browsers[step.Who].PostAsync("/logout", page.Fields("/logout"));
        }

        world.LogOut(step.Who);
    }

    private async Task ConsentAsync(Step step, Action<string> tell)
    {
        var open = world.Questions.Where(q => step.How >= 80 || !(q.Allowed || q.Denied)).ToList();
        if (open.Count == 0)
        {
            tell("(no question to answer)");
            return;
        }

        var question = open[^(1 + (step.Back % open.Count))];
        var (page, verifier) = _pages[question];

        // Mostly with the browser that was asked; otherwise somebody took the form along.
        var browser = Array.IndexOf(world.Browsers, question.Session) is >= 0 and var asked && step.How < 95 ? asked : step.Who;
        var deny = step.How is >= 85 and < 92;
        var (ticked, words) = Ticked(page, step.How % 5, question);
        tell($"browser {browser} answers {question} of {question.App} with {(deny ? "deny" : $"allow, {words}")}");
        var expected = world.Consent(browser, question, !deny, ticked);
        List<(string, string)> answer = [("decision", deny ? "deny" : "allow"), .. words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(w => ("scope", w))];
        if (world.Browsers[browser] != question.Session)
        {
            // With the other session's ticket, but a form token of their own: the ticket has to be what stops them.
            var own = (await _browsers[browser].GetAsync("/login")).Fields("/login").Single(f => f.Key == FormToken);
            answer.Add((own.Key, own.Value));
        }

        var shown = await _browsers[browser].PostAsync("/oauth/consent", With(page.Fields("/oauth/consent"), answer).Where(f => f.Key != "scope" || answer.Contains((f.Key, f.Value))));
        Mismatch.Between(expected, Said(shown, question.App));
        Keep(expected, shown, verifier, null);
    }

    /// <summary>Which boxes are sent: as they came, lowered, one left out, none, or more than the page has.</summary>
    private static (Reach Ticked, string Words) Ticked(Shown page, int how, Question question)
    {
        var boxes = page.Fields("/oauth/consent").Where(f => f.Key == "scope").Select(f => f.Value).ToList();
        return how switch
        {
            1 => (new Reach(1, 1), string.Join(' ', boxes.Concat(boxes.Select(b => b.Replace("read_write", "read_only", StringComparison.Ordinal))).Distinct())),
            2 => boxes.Count == 0 ? (Reach.Nothing, "") : (Reach.Parse(string.Join(' ', boxes[1..])), string.Join(' ', boxes[1..])),
            3 => (Reach.Nothing, ""),
            4 => (Reach.All, string.Join(' ', [.. boxes, "*", "images:read_write"])),
            _ => (question.Asked, string.Join(' ', boxes)),
        };
    }

    private async Task WithdrawAsync(Step step, Action<string> tell)
    {
        var app = world.Apps[step.App];
        tell($"browser {step.Who} withdraws what it gave {app}");
        var page = await _browsers[step.Who].GetAsync("/account");
        if (world.Living(step.Who) is not { } session)
        {
            Mismatch.Between("page 303", $"page {page.Status}");
            return;
        }

        var listed = page.Page.QuerySelectorAll("li.item h3 bdi").Select(e => e.TextContent.Split(' ')[0]).Order();
        Mismatch.Between($"apps {string.Join(' ', world.AppsOf(session.Person).Select(a => $"{a}").Order())}", $"apps {string.Join(' ', listed)}");
        if (world.Withdraw(session.Person, app))
        {
            var item = page.Page.QuerySelectorAll("li.item").Single(i => i.QuerySelector("h3")!.TextContent.StartsWith($"{app} ", StringComparison.Ordinal));
            var action = item.QuerySelector("form")!.GetAttribute("action")!;
            Mismatch.Between("page 303", $"page {(await _browsers[step.Who].PostAsync(action, page.Fields(action))).Status}");
        }
    }

    private async Task MakeTokenAsync(Step step, Action<string> tell)
    {
        var reach = Reach.Choices[step.How % 7];
        tell($"browser {step.Who} makes a personal token for {reach}");
        var page = await _browsers[step.Who].GetAsync("/account/tokens/new");
        if (world.Living(step.Who) is not { } session)
        {
            Mismatch.Between("page 303", $"page {page.Status}");
            return;
        }

        (string, string)[] levels = [("scope-domains", Word(reach.Domains)), ("scope-linodes", Word(reach.Linodes))];
        var shown = await _browsers[step.Who].PostAsync("/account/tokens", With(page.Fields("/account/tokens"), [("label", "script"), ("expiry", "never"), .. levels]));
        Mismatch.Between("page 200", $"page {shown.Status}");
        purse.Keep(new Token(Kind.Personal, world.Personal(session.Person, reach), 1, null, DateTimeOffset.MaxValue), shown.Page.QuerySelector("#secret")!.TextContent);

        static string Word(int level) => level switch { 0 => "", 1 => "read_only", _ => "read_write" };
    }

    private static string Query(App app, Reach requested, string? prompt, string? verifier, string state)
    {
        List<(string Name, string? Value)> parameters =
        [
            ("client_id", app.Id), ("redirect_uri", app.Callback), ("response_type", "code"), ("scope", requested.Text), ("state", state), ("prompt", prompt),
            ("code_challenge", verifier is null ? null : WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)))),
            ("code_challenge_method", verifier is null ? null : "S256"),
        ];
        return string.Join('&', parameters.Where(p => p.Value is not null).Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value!)}"));
    }

    // A redirect says where to: nothing but the login page and the app's own address may be it.
    private static string Said(Shown shown, App app) =>
        shown.Location is not { } location ? $"page {shown.Status}"
        : location.StartsWith("/login?", StringComparison.Ordinal) ? "login"
        : !location.StartsWith(app.Callback + "?", StringComparison.Ordinal) ? "a redirect to a stranger"
        : shown.Parameters.TryGetValue("error", out var error) ? $"error {error}"
        : shown.Parameters.ContainsKey("code") ? "code"
        : "a redirect without an answer";

    private void Keep(string expected, Shown shown, string? verifier, string? state)
    {
        if (state is not null && expected.Split(' ')[0] is "code" or "error" && shown.Parameters.TryGetValue("state", out var echoed))
        {
            Mismatch.Unless(state == echoed, $"sent {state}, came back {echoed}");
        }

        if (expected == "code")
        {
            var grant = world.Grants[^1];
            _verifiers[grant] = verifier;
            purse.Keep(new Token(Kind.Code, grant, 0, null, world.Now + World.CodeLife), shown.Parameters["code"]);
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> With(IEnumerable<KeyValuePair<string, string>> form, params IReadOnlyList<(string Name, string Value)> fields) =>
        form.Where(f => fields.All(g => g.Name != f.Key)).Concat(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
}
