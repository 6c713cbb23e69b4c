namespace Latchkey.Cli.Tests;

/// <summary>Runs a command as somebody to whom a data directory is closed.</summary>
internal static class OtherUser
{
    public static async Task<CommandResult> RunAsync(TempDirectory directory, params string[] arguments)
    {
        // Root can be somebody else, and everybody else can shut themselves out; to root nothing is shut.
        if (!Environment.IsPrivilegedProcess)
        {
            var mode = File.GetUnixFileMode(directory.Data);
            File.SetUnixFileMode(directory.Data, UnixFileMode.UserWrite);
            try
            {
                return await Command.RunAsync(arguments);
            }
            finally
            {
                File.SetUnixFileMode(directory.Data, mode);
            }
        }

        // What encloses the data directory is open, as /var/lib is.
        File.SetUnixFileMode(directory.Root, File.GetUnixFileMode(directory.Root) | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        Assert.SkipUnless((await AsNobodyAsync("--help")).ExitCode == 0, "The user nobody cannot start what was built here.");
        return await AsNobodyAsync(arguments);
    }

    private static Task<CommandResult> AsNobodyAsync(params string[] arguments) =>
        Command.RunByAsync("runuser", ["-u", "nobody", "--", Command.Program, .. arguments]);
}
