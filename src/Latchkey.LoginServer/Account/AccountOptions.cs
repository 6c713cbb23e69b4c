namespace Latchkey.LoginServer.Account;

/// <summary>How much one person may keep: whoever may log in must not be able to fill the disk.</summary>
public sealed class AccountOptions
{
    /// <summary>OAuth apps that one person may have registered at a time.</summary>
    public int MaxClients { get; set; } = 100;

    /// <summary>Personal access tokens that one person may have at a time.</summary>
    public int MaxTokens { get; set; } = 100;

    /// <summary>Redirect URIs of one app.</summary>
    public int MaxRedirectUris { get; set; } = 10;
}
