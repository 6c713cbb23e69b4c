namespace Latchkey.Linode;

/// <summary>What shall change about the person. Members left null stay as they are.</summary>
public sealed record UpdateProfileRequest
{
    /// <summary>Where mail reaches them. The API may want it confirmed first.</summary>
    public string? Email { get; init; }

    /// <summary>Their IANA time zone: <c>Europe/Berlin</c>.</summary>
    public string? Timezone { get; init; }

    /// <summary>Whether they get mail about what happens on their account.</summary>
    public bool? EmailNotifications { get; init; }

    /// <summary>All their SSH keys for the remote console.</summary>
    public IReadOnlyList<string>? AuthorizedKeys { get; init; }
}
