using System.Diagnostics;

namespace Latchkey.Cli.Tests;

/// <summary>The built <c>latchkey</c> as a process of its own, which is how people and scripts meet it.</summary>
internal static class Command
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private static readonly Dictionary<string, string> NoVariables = [];

    // Beside this test's own output: artifacts/bin/<project>/<configuration>/.
    private static readonly DirectoryInfo Here = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));

    /// <summary>How it was built: <c>debug</c> or <c>release</c>.</summary>
    public static string Configuration => Here.Name;

    /// <summary>Where it was built.</summary>
    public static string Program => Path.Combine(Here.Parent!.Parent!.FullName, "Latchkey.Cli", Configuration, "latchkey");

    /// <summary>Runs a command to its end.</summary>
    public static Task<CommandResult> RunAsync(params string[] arguments) => RunAsync(NoVariables, "", arguments);

    public static Task<CommandResult> RunAsync(Dictionary<string, string> environment, params string[] arguments) => RunAsync(environment, "", arguments);

    public static Task<CommandResult> RunWithInputAsync(string input, params string[] arguments) => RunAsync(NoVariables, input, arguments);

    public static Task<CommandResult> RunWithInputAsync(Dictionary<string, string> environment, string input, params string[] arguments) =>
        RunAsync(environment, input, arguments);

    public static Process Start(params string[] arguments) => Start(NoVariables, arguments);

    private static async Task<CommandResult> RunAsync(Dictionary<string, string> environment, string input, string[] arguments)
    {
        using var process = Start(environment, arguments);
        return await RunAsync(process, input);
    }

    /// <summary>To the end of a process whose streams are redirected.</summary>
    public static async Task<CommandResult> RunAsync(Process process, string input)
    {
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Patience);
        return new CommandResult(process.ExitCode, await output, await error);
    }

    public static Process Start(Dictionary<string, string> environment, string[] arguments) => Start(Program, environment, arguments);

    /// <summary>Runs another program to its end, which runs this one: a shell, say.</summary>
    public static async Task<CommandResult> RunByAsync(string program, params string[] arguments)
    {
        using var process = Start(program, NoVariables, arguments);
        return await RunAsync(process, "");
    }

    private static Process Start(string program, Dictionary<string, string> environment, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,

            // Anywhere but the repository: nothing may depend on the current directory.
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var name in (string[])["LATCHKEY_DATA", "LATCHKEY_DATABASE", "LATCHKEY_KEY_FILE"])
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
