using System.Text.RegularExpressions;

namespace Latchkey.Cli.Tests.Packaging;

/// <summary>packaging/latchkey.service, as systemd reads it.</summary>
public sealed partial class SystemdUnitTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    private static string Unit => File.ReadAllText(Repository.In("packaging", "latchkey.service"));

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Systemd_understands_every_line()
    {
        var verified = await Programs.RunAsync("systemd-analyze", "verify", "--man=no", Installed(Unit));

        Assert.Equal((0, ""), (verified.ExitCode, verified.Error));
    }

    [Fact]
    public async Task A_line_that_systemd_does_not_understand_would_be_seen() =>
        Assert.NotEqual("", (await Programs.RunAsync("systemd-analyze", "verify", "--man=no", Installed(Unit.Replace("ProtectClock", "ProtectClok", StringComparison.Ordinal)))).Error);

    [Fact]
    public async Task It_is_exposed_to_little()
    {
        // 0 is nothing, 10 everything; 1.3 is what its network, its compiler and its state directory make.
        var judged = await Programs.RunAsync("systemd-analyze", "security", "--offline=true", "--threshold=15", "--no-pager", Installed(Unit));

        Assert.True(judged.ExitCode == 0, judged.Output + judged.Error);
    }

    [Fact]
    public void It_waits_longer_for_a_stop_than_the_server_for_its_requests()
    {
        var grace = int.Parse(Grace().Match(File.ReadAllText(Repository.In("src", "Latchkey.Cli", "Output", "ServerLogs.cs"))).Groups[1].Value);

        Assert.True(int.Parse(Setting("TimeoutStopSec")) >= grace + 5);
    }

    [Fact]
    public async Task It_runs_serve_with_words_that_serve_understands()
    {
        Assert.Equal("/opt/latchkey/latchkey serve $LATCHKEY_SERVE", Setting("ExecStart"));
        var words = File.ReadLines(Repository.In("packaging", "latchkey.env")).Single(l => l.StartsWith("LATCHKEY_SERVE=", StringComparison.Ordinal))["LATCHKEY_SERVE=".Length..];

        var examined = await Command.RunAsync(["doctor", "--data", _directory.Data, .. words.Split(' ')]);

        Assert.Contains("addresses  Known as https://login.example.com, listening on http://127.0.0.1:5080.", examined.Output, StringComparison.Ordinal);
    }

    private static string Setting(string name) => Unit.Split('\n').Single(l => l.StartsWith(name + "=", StringComparison.Ordinal))[(name.Length + 1)..];

    // A copy that starts the latchkey of this build: systemd asks whether the program is there.
    private string Installed(string unit)
    {
        var file = _directory.In("latchkey.service");
        File.WriteAllText(file, unit.Replace("/opt/latchkey/latchkey", Command.Program, StringComparison.Ordinal));
        return file;
    }

    [GeneratedRegex(@"ShutdownTimeout = TimeSpan\.FromSeconds\(([0-9]+)\)")]
    private static partial Regex Grace();
}
