namespace Latchkey.Linode;

/// <summary>What a list of registered apps can be filtered and ordered by.</summary>
public static class OAuthClientFields
{
    /// <summary><c>id</c></summary>
    public static FilterField<OAuthClient, string> Id { get; } = new("id");

    /// <summary><c>label</c></summary>
    public static FilterField<OAuthClient, string> Label { get; } = new("label");

    /// <summary><c>public</c></summary>
    public static FilterField<OAuthClient, bool> IsPublic { get; } = new("public");

    /// <summary><c>status</c></summary>
    public static FilterField<OAuthClient, OAuthClientStatus> Status { get; } = new("status");
}
