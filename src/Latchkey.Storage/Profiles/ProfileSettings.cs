namespace Latchkey.Storage.Profiles;

/// <summary>What a user has chosen for themselves.</summary>
/// <param name="EmailNotifications">Whether they want mail about what happens to the account.</param>
/// <param name="LishAuthMethod">Linode's word for how they may reach the console of a machine.</param>
/// <param name="AuthorizedKeys">The public keys that may reach that console.</param>
public sealed record ProfileSettings(bool EmailNotifications, string LishAuthMethod, IReadOnlyList<string> AuthorizedKeys);
