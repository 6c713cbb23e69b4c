namespace Latchkey.Linode;

/// <summary>What shall change. Members left null stay as they are.</summary>
public sealed record UpdateInstanceRequest
{
    /// <summary>Its name.</summary>
    public string? Label { get; init; }

    /// <summary>All its tags.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Its display group.</summary>
    public string? Group { get; init; }

    /// <summary>Whether it is started again after it powers off by itself.</summary>
    public bool? WatchdogEnabled { get; init; }
}
