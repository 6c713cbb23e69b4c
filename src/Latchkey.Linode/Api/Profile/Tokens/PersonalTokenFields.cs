namespace Latchkey.Linode;

/// <summary>What a list of personal access tokens can be filtered and ordered by.</summary>
public static class PersonalTokenFields
{
    /// <summary><c>id</c></summary>
    public static FilterField<PersonalToken, int> Id { get; } = new("id");

    /// <summary><c>label</c></summary>
    public static FilterField<PersonalToken, string> Label { get; } = new("label");

    /// <summary><c>created</c></summary>
    public static FilterField<PersonalToken, DateTimeOffset> Created { get; } = new("created");

    /// <summary><c>expiry</c></summary>
    public static FilterField<PersonalToken, DateTimeOffset> Expiry { get; } = new("expiry");
}
