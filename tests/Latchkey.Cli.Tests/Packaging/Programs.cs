using System.Diagnostics;

namespace Latchkey.Cli.Tests.Packaging;

/// <summary>Another program of the machine, with its words kept apart and its streams read.</summary>
internal static class Programs
{
    public static Process Start(string name, params string[] arguments) => Process.Start(new ProcessStartInfo(name, arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        WorkingDirectory = Repository.Root,
    })!;

    public static async Task<CommandResult> RunAsync(string name, params string[] arguments)
    {
        using var process = Start(name, arguments);
        return await Command.RunAsync(process, "");
    }

    /// <summary>Its output, when it succeeds.</summary>
    public static async Task<string> DoAsync(string name, params string[] arguments)
    {
        var done = await RunAsync(name, arguments);
        Assert.True(done.ExitCode == 0, $"{name} {string.Join(' ', arguments)} ended with {done.ExitCode}: {done.Output}{done.Error}");
        return done.Output;
    }
}
