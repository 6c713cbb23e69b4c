using System.Diagnostics;

namespace Latchkey.CompatibilityTests.Framework;

/// <summary>A client that somebody else wrote and this machine has installed, driven by a small script of ours.</summary>
internal sealed class InstalledClient(string program, string script)
{
    /// <summary>The packages that <c>npm ci</c> puts below <c>tests/npm</c>.</summary>
    private static readonly string Packages = Path.Combine(Folder("tests"), "npm");

    private readonly List<string> _steps = [];

    /// <summary>When the script waits for time to pass: what lets it.</summary>
    public Action? OnWaiting { get; init; }

    /// <summary>Runs the script to its end and returns the steps that it got through; an error of its own fails the test.</summary>
    public async Task<IReadOnlyList<string>> RunAsync(string api, string token)
    {
        var start = new ProcessStartInfo(program, [Path.Combine(AppContext.BaseDirectory, "Installed", script)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["LATCHKEY_API"] = api, ["LATCHKEY_TOKEN"] = token, ["LATCHKEY_PACKAGES"] = Packages, ["NO_PROXY"] = "*" },
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} does not start.");
        try
        {
            var errors = process.StandardError.ReadToEndAsync();
            while (await process.StandardOutput.ReadLineAsync() is { } line)
            {
                await HearAsync(line, process);
            }

            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, $"{script} got through {string.Join(", ", _steps)}; then: {(await errors).Replace(token, "(token)", StringComparison.Ordinal)}");
            return _steps;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    /// <summary>What stands between the marks of a script, as a guide quotes it.</summary>
    public static string Quoted(string script)
    {
        var lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Installed", script));
        return string.Join('\n', lines.SkipWhile(l => !l.EndsWith("guide: from here", StringComparison.Ordinal)).Skip(1)
            .TakeWhile(l => !l.EndsWith("guide: to here", StringComparison.Ordinal)));
    }

    /// <summary>A folder of the working copy.</summary>
    public static string Folder(string name)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Latchkey.slnx")))
        {
            root = root.Parent ?? throw new InvalidOperationException("The tests do not run inside the working copy.");
        }

        return Path.Combine(root.FullName, name);
    }

    private async Task HearAsync(string line, Process process)
    {
        if (line != "waiting")
        {
            _steps.Add(line);
            return;
        }

        OnWaiting?.Invoke();
        await process.StandardInput.WriteLineAsync();
        await process.StandardInput.FlushAsync();
    }
}
