namespace Latchkey.Linode;

/// <summary>A script that a new Linode runs the first time it boots.</summary>
public sealed record StackScript
{
    /// <summary>What is sent in requests.</summary>
    public int Id { get; init; }

    /// <summary>What people call it.</summary>
    public string Label { get; init; } = "";

    /// <summary>Whose it is.</summary>
    public string Username { get; init; } = "";

    /// <summary>What it does.</summary>
    public string Description { get; init; } = "";

    /// <summary>The images it runs on; <c>any/all</c> for every one.</summary>
    public IReadOnlyList<string> Images { get; init; } = [];

    /// <summary>What it asks.</summary>
    public IReadOnlyList<UserDefinedField> UserDefinedFields { get; init; } = [];

    /// <summary>Its text.</summary>
    public string Script { get; init; } = "";

    /// <summary>What changed last.</summary>
    public string RevNote { get; init; } = "";

    /// <summary>True when everybody can use it.</summary>
    public bool IsPublic { get; init; }

    /// <summary>True when it belongs to the person whose token this is.</summary>
    public bool Mine { get; init; }

    /// <summary>How often it has been used.</summary>
    public int DeploymentsTotal { get; init; }

    /// <summary>How many Linodes made from it exist.</summary>
    public int DeploymentsActive { get; init; }

    /// <summary>When it was made, in UTC.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>When it was last changed, in UTC.</summary>
    public DateTimeOffset Updated { get; init; }
}
