using Latchkey.Protocol;

namespace Latchkey.LoginServer.Consent;

/// <summary>One scope in words.</summary>
public sealed record ConsentScope
{
    private ConsentScope(string value, string title, string sentence)
    {
        Value = value;
        Title = title;
        Sentence = sentence;
    }

    /// <summary>What the checkbox posts: the bare scope.</summary>
    public string Value { get; }

    public string Title { get; }

    public string Sentence { get; }

    /// <summary>The scope a person may choose instead; null when there is nothing lower.</summary>
    public string? ReadOnlyValue { get; private init; }

    public string? ReadOnlySentence { get; private init; }

    /// <summary>What <c>*</c> stands for, a sentence for each family.</summary>
    public IReadOnlyList<string> Parts { get; private init; } = [];

    public static IReadOnlyList<ConsentScope> Of(ScopeSet scopes, ScopeCatalogue catalogue) => [.. scopes.Select(s => Of(s, catalogue))];

    private static ConsentScope Of(Scope scope, ScopeCatalogue catalogue) =>
        scope == Scope.Everything ? Everything(catalogue)
        : catalogue.Find(scope.Family) is { } family ? InFamily(scope, family)
        : Identity(scope);

    private static ConsentScope Everything(ScopeCatalogue catalogue) =>
        new(Scope.Everything.Text, "Full access", "See, create, change and delete everything in your account")
        {
            Parts = [.. catalogue.Families.Select(f => $"{f.Title}: {f.WriteSentence}")],
        };

    private static ConsentScope InFamily(Scope scope, ScopeFamily family) => scope.Level == ScopeLevel.ReadOnly
        ? new(scope.Text, family.Title, Capital(family.ReadSentence))
        : new(scope.Text, family.Title, Capital(family.WriteSentence))
        {
            ReadOnlyValue = Scope.Of(family.Name, ScopeLevel.ReadOnly).Text,
            ReadOnlySentence = family.ReadSentence,
        };

    private static ConsentScope Identity(Scope scope) => scope.Text switch
    {
        IdentityScopes.OpenId => new(scope.Text, "Who you are", "Know that it is you when you log in"),
        IdentityScopes.Profile => new(scope.Text, "Profile", "See your username"),
        IdentityScopes.Email => new(scope.Text, "E-mail", "See your e-mail address"),
        IdentityScopes.OfflineAccess => new(scope.Text, "While you are away", "Keep its access when you are not using it"),
        _ => new(scope.Text, scope.Text, scope.Text),
    };

    private static string Capital(string sentence) => sentence.Length == 0 ? sentence : char.ToUpperInvariant(sentence[0]) + sentence[1..];
}
