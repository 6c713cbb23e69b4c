namespace Latchkey.Model.Tests.Model;

/// <summary>The rules once more, as small as they can be said: what every request must answer, and what it changes.</summary>
internal sealed partial class World
{
    public static readonly TimeSpan CodeLife = TimeSpan.FromSeconds(60);
    public static readonly TimeSpan AccessLife = TimeSpan.FromMinutes(10);
    public static readonly TimeSpan RefreshIdle = TimeSpan.FromMinutes(30);
    public static readonly TimeSpan GrantLife = TimeSpan.FromMinutes(90);
    public static readonly TimeSpan RetryWindow = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan QuestionLife = TimeSpan.FromMinutes(10);

    private readonly Dictionary<(Person, App), Reach> _remembered = [];
    private readonly Dictionary<(Person, App), Reach> _ledger = [];

    public DateTimeOffset Now { get; set; }

    public IReadOnlyList<Person> People { get; } = [new("ann"), new("ben")];

    public IReadOnlyList<App> Apps { get; } = [new(AppKind.Confidential), new(AppKind.Public), new(AppKind.Compatible)];

    /// <summary>Who is logged in with which browser; null for nobody.</summary>
    public Session?[] Browsers { get; } = [null, null];

    public List<Question> Questions { get; } = [];

    public List<Grant> Grants { get; } = [];

    public Session? Living(int browser) => Browsers[browser] is { Over: false } session ? session : null;

    public IEnumerable<App> AppsOf(Person person) => Apps.Where(a => _remembered.ContainsKey((person, a)));

    // ---- the browser's side

    public bool LogIn(int browser, Person person, bool rightPassword)
    {
        if (!rightPassword || person.Disabled)
        {
            return false;
        }

        LogOut(browser);
        Browsers[browser] = new Session(person);
        return true;
    }

    public void LogOut(int browser)
    {
        if (Browsers[browser] is { } before)
        {
            before.Over = true;
        }

        Browsers[browser] = null;
    }

    /// <summary>What the authorization endpoint answers; a question or a grant is there afterwards when it says so.</summary>
    public string Authorize(int browser, App app, Reach requested, string? prompt)
    {
        if (app.Disabled)
        {
            return "page 400";
        }

        if (!app.Allowed.Covers(requested))
        {
            return "error invalid_scope";
        }

        if (Living(browser) is not { } session)
        {
            return prompt == "none" ? "error login_required" : "login";
        }

        var remembered = _remembered.TryGetValue((session.Person, app), out var given);
        var already = given.And(requested);
        var reusable = !app.Public && prompt != "consent";
        if (remembered && reusable && requested.Without(already) == Reach.Nothing)
        {
            Begin(session.Person, app, requested);
            return "code";
        }

        if (prompt == "none")
        {
            return "error consent_required";
        }

        var (asked, known) = reusable ? (requested.Without(already), already) : (requested, Reach.Nothing);
        Questions.Add(new Question(Questions.Count, session, app) { Requested = requested, Asked = asked, Already = known, Until = Now + QuestionLife });
        return $"question {asked}";
    }

    public string Consent(int browser, Question question, bool allow, Reach ticked)
    {
        var app = question.App;
        if (Living(browser) != question.Session || question.Until <= Now || question.Denied || app.Disabled)
        {
            return "page 400";
        }

        if (!app.Allowed.Covers(question.Requested))
        {
            return "error invalid_scope";
        }

        if (question.Allowed)
        {
            return "page 400";
        }

        if (!allow)
        {
            question.Denied = true;
            return "error access_denied";
        }

        var key = (question.Session.Person, app);
        var before = _remembered.GetValueOrDefault(key);
        var granted = question.Asked.And(ticked).Or(question.Already.And(before));
        // What was refused is refused at whatever level it had been agreed to.
        _remembered[key] = before.NothingIn(question.Requested.Without(granted)).Or(granted);
        _ledger[key] = _ledger.GetValueOrDefault(key).Or(granted);
        question.Allowed = true;
        foreach (var held in Grants.Where(g => g.Person == key.Person && g.App == app && g.Stage != Stage.Revoked && !_remembered[key].Covers(before)))
        {
            held.Scopes = held.Scopes.And(_remembered[key]);
        }

        Begin(key.Person, app, granted);
        return "code";
    }

    public bool Withdraw(Person person, App app)
    {
        if (!_remembered.Remove((person, app)))
        {
            return false;
        }

        _ledger.Remove((person, app));
        End(g => g.Person == person && g.App == app);
        return true;
    }

    public Grant Personal(Person person, Reach scopes)
    {
        var grant = new Grant(Grants.Count, person, null, scopes, scopes) { Stage = Stage.Active, Generation = 1 };
        Grants.Add(grant);
        return grant;
    }

    // ---- the operator's side

    public void Disable(Person person)
    {
        person.Disabled = true;
        foreach (var session in Browsers.Where(s => s?.Person == person))
        {
            session!.Over = true;
        }

        End(g => g.Person == person);
    }

    public void Disable(App app)
    {
        app.Disabled = true;
        End(g => g.App == app);
    }

    public void Allow(App app, Reach allowed)
    {
        app.Allowed = allowed;
        foreach (var grant in Grants.Where(g => g.App == app && g.Stage != Stage.Revoked))
        {
            grant.Scopes = grant.Scopes.And(allowed);
        }

        foreach (var key in _remembered.Keys.Where(k => k.Item2 == app).ToList())
        {
            _remembered[key] = _remembered[key].And(allowed);
        }
    }

    private void Begin(Person person, App app, Reach scopes) =>
        Grants.Add(new Grant(Grants.Count, person, app, scopes, _ledger.GetValueOrDefault((person, app))));

    private void End(Func<Grant, bool> which)
    {
        foreach (var grant in Grants.Where(which))
        {
            grant.Stage = Stage.Revoked;
        }
    }
}
