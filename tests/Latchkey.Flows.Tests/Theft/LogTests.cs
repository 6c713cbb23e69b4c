using System.Text;
using Latchkey.Flows.Tests.Framework;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Latchkey.Flows.Tests.Theft;

public sealed class LogTests
{
    [Fact, Spec("LX-01")]
    public async Task Nothing_that_was_given_out_is_logged_at_any_level()
    {
        var logs = new Dictionary<string, LogRecords>();
        await using var scene = await Scene.StartAsync(builder => LogEverything(builder, logs));
        using var life = await WholeLife.LiveAsync(scene);

        var found =
            from log in logs
            from record in log.Value.All
            from trace in Traces.Find(life.Secrets, $"{record.Category} {record.Event} of the {log.Key}", Encoding.UTF8.GetBytes(record.Text))
            select trace;
        Traces.AssertNone(found);

        // All three said something at the lowest level, and what was worth a warning is there.
        Assert.Equal(3, logs.Count);
        Assert.All(logs.Values, log => Assert.Contains(log.All, r => r.Level <= LogLevel.Debug));
        Assert.Contains(logs.Values.SelectMany(l => l.All), r => r.Event == "CodeReplayed");
        Assert.Contains(logs.Values.SelectMany(l => l.All), r => r.Event == "RefreshTokenReused");
    }

    [Fact, Spec("LX-02")]
    public async Task What_a_stranger_typed_breaks_no_line()
    {
        const string Breaker = "eve\r\n2026-01-01 forged-line\u001b[2J\u2028\"},{\"x";
        var logs = new Dictionary<string, LogRecords>();
        await using var scene = await Scene.StartAsync(builder => LogEverything(builder, logs));
        using var http = new HttpClient();
        http.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", "Mozilla \t\u001b[31mforged-line");
        using var browser = new Browser();

        await browser.SubmitAsync(await browser.OpenAsync(scene.LoginUrl + "/login"), ("username", Breaker), ("password", "wrong"));
        await browser.OpenAsync($"{scene.LoginUrl}/oauth/authorize?client_id={Uri.EscapeDataString(Breaker)}&state={Uri.EscapeDataString(Breaker)}");
        foreach (var path in (string[])["/oauth/token", "/oauth/revoke", "/oauth/introspect"])
        {
            using var form = new FormUrlEncodedContent([new("client_id", Breaker), new("token", Breaker), new("grant_type", Breaker)]);
            await http.PostAsync(scene.LoginUrl + path, form, TestContext.Current.CancellationToken);
        }

        await http.GetAsync($"{scene.ApiUrl}/linode/instances", TestContext.Current.CancellationToken);

        Assert.DoesNotContain(logs.Values.SelectMany(l => l.All), r => r.Text.Contains("forged-line", StringComparison.Ordinal) && r.Text.Any(c => char.IsControl(c) || c == '\u2028'));
        using var stolen = new StolenData(scene.Data);
        Assert.DoesNotContain(
            stolen.Cells().Where(c => c.Column.Contains("audit_events", StringComparison.Ordinal) || c.Column.Contains("sessions", StringComparison.Ordinal)),
            c => c.Value is string text && text.Any(char.IsControl));
        Assert.Single(stolen.Cells(), c => c.Value is "session.refused");
    }

    private static void LogEverything(WebApplicationBuilder builder, Dictionary<string, LogRecords> logs)
    {
        var log = new LogRecords();
        logs.Add(logs.Count switch { 0 => "login server", 1 => "cloud API", _ => "example app" }, log);
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log);
    }
}
