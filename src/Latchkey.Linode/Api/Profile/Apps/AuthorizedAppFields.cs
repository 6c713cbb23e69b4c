namespace Latchkey.Linode;

/// <summary>What a list of apps with access can be filtered and ordered by.</summary>
public static class AuthorizedAppFields
{
    /// <summary><c>id</c></summary>
    public static FilterField<AuthorizedApp, int> Id { get; } = new("id");

    /// <summary><c>label</c></summary>
    public static FilterField<AuthorizedApp, string> Label { get; } = new("label");

    /// <summary><c>created</c></summary>
    public static FilterField<AuthorizedApp, DateTimeOffset> Created { get; } = new("created");
}
