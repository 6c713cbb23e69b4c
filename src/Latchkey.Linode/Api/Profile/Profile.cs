namespace Latchkey.Linode;

/// <summary>The person whose token this is.</summary>
public sealed record Profile
{
    /// <summary>The name they log in with; they can change it.</summary>
    public string Username { get; init; } = "";

    /// <summary>Where mail reaches them.</summary>
    public string Email { get; init; } = "";

    /// <summary>Their number, which never changes; null when the API does not say.</summary>
    public long? Uid { get; init; }

    /// <summary>Their IANA time zone.</summary>
    public string Timezone { get; init; } = "";

    /// <summary>True when the account's owner limits what they may do.</summary>
    public bool Restricted { get; init; }

    /// <summary>True when they log in with a second factor.</summary>
    public bool TwoFactorAuth { get; init; }

    /// <summary>True when they get mail about what happens on their account.</summary>
    public bool EmailNotifications { get; init; }

    /// <summary>How they log in: <c>password</c>, or another provider's name.</summary>
    public string? AuthenticationType { get; init; }

    /// <summary><c>default</c>, <c>parent</c>, <c>child</c> or <c>proxy</c>; null when the API does not say.</summary>
    public string? UserType { get; init; }

    /// <summary>Their SSH keys; null when there are none.</summary>
    public IReadOnlyList<string>? AuthorizedKeys { get; init; }
}
