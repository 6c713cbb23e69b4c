namespace Latchkey.Model.Tests.Model;

/// <summary>Who takes part, as the model sees them.</summary>
internal sealed class Person(string name)
{
    public string Name => name;

    public Guid Id { get; set; }

    public bool Disabled { get; set; }
}

internal enum AppKind
{
    Confidential,
    Public,

    /// <summary>Confidential, with Linode's habits: no PKCE, no grant_type.</summary>
    Compatible,
}

internal sealed class App(AppKind kind)
{
    public AppKind Kind => kind;

    public bool Public => Kind == AppKind.Public;

    public string Id { get; set; } = "";

    public string? Secret { get; set; }

    public bool Disabled { get; set; }

    public Reach Allowed { get; set; } = Reach.All;

    // An address anybody could take, so that consent is asked for each time.
    public string Callback => Public ? "http://127.0.0.1:7/cb" : "https://app.example/cb";

    public override string ToString() => Kind.ToString();
}

/// <summary>One login in one browser; over for good once it is.</summary>
internal sealed class Session(Person person)
{
    public Person Person => person;

    public bool Over { get; set; }
}

/// <summary>A consent page that was shown.</summary>
internal sealed class Question(int number, Session session, App app)
{
    public Session Session => session;

    public App App => app;

    public required Reach Requested { get; init; }

    public required Reach Asked { get; init; }

    public required Reach Already { get; init; }

    public required DateTimeOffset Until { get; init; }

    public bool Allowed { get; set; }

    public bool Denied { get; set; }

    public override string ToString() => $"question {number}";
}
