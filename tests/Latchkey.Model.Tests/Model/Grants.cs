namespace Latchkey.Model.Tests.Model;

internal enum Stage
{
    Pending,
    Active,
    Revoked,
}

/// <summary>What one person gave one app at one moment; <see cref="App"/> is null for a personal token.</summary>
internal sealed class Grant(int number, Person person, App? app, Reach scopes, Reach consented)
{
    public int Number => number;

    public Person Person => person;

    public App? App => app;

    public Reach Scopes { get; set; } = scopes;

    /// <summary>All that this person had agreed to for this app when it began: the ledger nothing may reach beyond.</summary>
    public Reach Consented => consented;

    public Stage Stage { get; set; }

    public int Generation { get; set; }

    public DateTimeOffset RotatedAt { get; set; }

    public DateTimeOffset Ends { get; set; } = DateTimeOffset.MaxValue;

    public override string ToString() => $"grant {Number}";
}

internal enum Kind
{
    Code,
    Access,
    Refresh,
    Personal,
}

/// <summary>Anything that was ever handed out.</summary>
internal sealed record Token(Kind Kind, Grant Grant, int Generation, Reach? Ceiling, DateTimeOffset Expires)
{
    public override string ToString() => $"{Kind.ToString().ToLowerInvariant()} {Generation} of {Grant}{(Ceiling is { } c ? $" held to {c}" : "")}";
}
