namespace Latchkey.Storage.Model;

/// <summary>
/// What a user has chosen, apart from who they are: nothing here is needed to log in. There is no row until something differs
/// from what a new user has.
/// </summary>
public sealed class UserSettingsRow
{
    public required Guid UserId { get; init; }

    public bool EmailNotifications { get; set; } = true;

    /// <summary>Linode's word: <c>password_keys</c>, <c>keys_only</c> or <c>disabled</c>.</summary>
    public string LishAuthMethod { get; set; } = "password_keys";

    /// <summary>A JSON array of public keys; null for none.</summary>
    public string? AuthorizedKeys { get; set; }

    /// <summary>A JSON object of text: name and address of whoever pays. Nothing is looked up by it.</summary>
    public string? Contact { get; set; }

    public bool BackupsEnabled { get; set; }

    public bool NetworkHelper { get; set; } = true;

    /// <summary>The newest of the user's events that they have seen.</summary>
    public long EventsSeenTo { get; set; }
}
