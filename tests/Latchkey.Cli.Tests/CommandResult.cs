using System.Text.Json;

namespace Latchkey.Cli.Tests;

internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    /// <summary>The one JSON document a command printed.</summary>
    public JsonElement Json()
    {
        Succeeded();
        Assert.Single(Output.TrimEnd('\n').Split('\n'));
        using var document = JsonDocument.Parse(Output);
        return document.RootElement.Clone();
    }

    public CommandResult Succeeded()
    {
        Assert.True(ExitCode == 0, $"exit {ExitCode}: {Output}{Error}");
        Assert.Equal("", Error);
        return this;
    }

    /// <summary>One plain line on standard error, nothing on standard output, and an exit code that says so.</summary>
    public CommandResult Refused(string because)
    {
        Assert.NotEqual(0, ExitCode);
        Assert.Equal("", Output);
        var line = Assert.Single(Error.TrimEnd('\n').Split('\n'));
        Assert.Contains(because, line, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", Error, StringComparison.Ordinal);
        return this;
    }
}
