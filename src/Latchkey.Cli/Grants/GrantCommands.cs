using System.CommandLine;

namespace Latchkey.Cli.Grants;

/// <summary><c>latchkey grant</c>: what users gave to apps, and their personal access tokens.</summary>
internal static class GrantCommands
{
    public static Command Create() => new("grant", "What users gave to apps, and their personal access tokens.")
    {
        GrantList.Create(),
        GrantRevoke.Create(),
        GrantInspect.Create(),
        GrantSweeping.Create(),
    };
}
