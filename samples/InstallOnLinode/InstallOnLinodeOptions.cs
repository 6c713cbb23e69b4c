using Latchkey.Linode;

namespace InstallOnLinode;

/// <summary>What the app has to know. Everything but the client id and secret has Linode's own value.</summary>
public sealed class InstallOnLinodeOptions
{
    /// <summary>The section of the configuration: <c>InstallOnLinode__ClientId</c> as an environment variable.</summary>
    public const string Section = "InstallOnLinode";

    /// <summary>The id this app got when it was registered.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>The secret it got with it.</summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>Where people log in.</summary>
    public Uri LoginServer { get; set; } = LinodeLoginClient.DefaultBaseUrl;

    /// <summary>Where Linodes are made.</summary>
    public Uri ApiServer { get; set; } = LinodeClient.DefaultBaseUrl;

    /// <summary>The public StackScript that this app installs; without one it makes a plain Linode.</summary>
    public int? StackScriptId { get; set; }
}
