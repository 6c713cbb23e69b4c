namespace Latchkey.Linode;

/// <summary>What a list of StackScripts can be filtered and ordered by.</summary>
public static class StackScriptFields
{
    /// <summary><c>label</c></summary>
    public static FilterField<StackScript, string> Label { get; } = new("label");

    /// <summary><c>username</c>: whose it is.</summary>
    public static FilterField<StackScript, string> Username { get; } = new("username");

    /// <summary><c>mine</c></summary>
    public static FilterField<StackScript, bool> Mine { get; } = new("mine");

    /// <summary><c>is_public</c></summary>
    public static FilterField<StackScript, bool> IsPublic { get; } = new("is_public");

    /// <summary><c>deployments_total</c></summary>
    public static FilterField<StackScript, int> DeploymentsTotal { get; } = new("deployments_total");
}
