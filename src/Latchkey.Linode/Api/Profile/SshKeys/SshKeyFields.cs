namespace Latchkey.Linode;

/// <summary>What a list of SSH keys can be filtered and ordered by.</summary>
public static class SshKeyFields
{
    /// <summary><c>id</c></summary>
    public static FilterField<SshKey, int> Id { get; } = new("id");

    /// <summary><c>label</c></summary>
    public static FilterField<SshKey, string> Label { get; } = new("label");

    /// <summary><c>created</c></summary>
    public static FilterField<SshKey, DateTimeOffset> Created { get; } = new("created");
}
