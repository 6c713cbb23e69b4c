using System.Text.Json;

namespace Latchkey.Cli.Tests.Doctor;

/// <summary>What one run of <c>latchkey doctor --json</c> said.</summary>
internal sealed class Examined
{
    private readonly JsonElement _document;

    private Examined(CommandResult result)
    {
        using var document = JsonDocument.Parse(result.Output);
        _document = document.RootElement.Clone();
        Result = result;

        // Three ways to say the same: for people, for scripts, for cron.
        var wrong = Findings.Any(f => f.Verdict == "wrong");
        Assert.Equal(!wrong, _document.GetProperty("well").GetBoolean());
        Assert.Equal(wrong ? 1 : 0, result.ExitCode);
        Assert.Equal(wrong, result.Error.StartsWith("latchkey: ", StringComparison.Ordinal));
        Assert.All(Findings, f => Assert.DoesNotContain('\n', f.Says));
    }

    public CommandResult Result { get; }

    public IEnumerable<(string Subject, string Verdict, string Says)> Findings => _document.GetProperty("findings").EnumerateArray()
        .Select(f => (f.GetProperty("subject").GetString()!, f.GetProperty("verdict").GetString()!, f.GetProperty("says").GetString()!));

    public static async Task<Examined> RunAsync(Dictionary<string, string> environment, params string[] more) =>
        new(await Command.RunAsync(environment, ["doctor", "--json", .. more]));

    public static async Task<Examined> RunAsOtherAsync(TempDirectory directory, params string[] more) =>
        new(await OtherUser.RunAsync(directory, ["doctor", "--json", .. more]));

    /// <summary>The one finding about a subject, which is as it should be here.</summary>
    public void Found(string subject, string verdict, string says = "")
    {
        var found = Findings.Where(f => f.Subject == subject).ToList();
        Assert.True(found.Count == 1, $"{found.Count} findings about {subject}: {Result.Output}");
        Assert.True(found[0].Verdict == verdict, Result.Output);
        Assert.Contains(says, found[0].Says, StringComparison.Ordinal);
    }

    /// <summary>Something is wrong with this and with nothing else.</summary>
    public void OnlyWrong(string subject, string says)
    {
        Assert.Equal([subject], Findings.Where(f => f.Verdict == "wrong").Select(f => f.Subject));
        Found(subject, "wrong", says);
    }
}
