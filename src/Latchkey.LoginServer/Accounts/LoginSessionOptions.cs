namespace Latchkey.LoginServer.Accounts;

/// <summary>How long a login lasts in one browser (OWASP ASVS V7.3).</summary>
public sealed class LoginSessionOptions
{
    /// <summary>A session unused for this long is over.</summary>
    public TimeSpan Idle { get; set; } = TimeSpan.FromHours(8);

    /// <summary>A session is over after this long, however much it is used.</summary>
    public TimeSpan Absolute { get; set; } = TimeSpan.FromDays(7);
}
