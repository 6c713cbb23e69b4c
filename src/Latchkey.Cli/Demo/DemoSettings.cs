using Latchkey.LoginServer.DeliberateFaults;

namespace Latchkey.Cli.Demo;

/// <summary>How this demo differs from another.</summary>
internal sealed class DemoSettings
{
    /// <summary>What goes wrong on purpose.</summary>
    public DeliberateFaultSettings Faults { get; } = new();

    /// <summary>How long access tokens live; null for the login server's own choice.</summary>
    public TimeSpan? TokenLifetime { get; init; }

    /// <summary>401 for a missing scope instead of 403.</summary>
    public bool AnswerMissingScopeAsLinode { get; init; }

    public bool Verbose { get; init; }
}
