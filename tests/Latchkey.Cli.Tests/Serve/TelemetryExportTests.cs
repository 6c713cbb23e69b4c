namespace Latchkey.Cli.Tests.Serve;

public sealed class TelemetryExportTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact, Spec("LX-01")]
    public async Task A_collector_gets_metrics_and_traces_and_no_secret()
    {
        await using var collector = await Collector.StartAsync();
        await using var server = await ServeAsync(("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Url), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_SERVICE_NAME", "my-login"));
        using var app = await App.RegisterAsync(_directory.Data, "watched");
        app.Issuer = server.Issuer;
        var authorization = await app.AuthorizeAsync();
        var (access, refresh) = App.Tokens(await app.RedeemAsync(authorization));
        await app.RedeemAsync(authorization);

        // What has not been sent yet is sent at the end.
        Assert.Equal(0, (await server.TerminateAsync()).ExitCode);

        Assert.Equal("/v1/metrics /v1/traces", collector.Paths);
        var metrics = collector.Text("/v1/metrics");
        string[] expected =
        [
            "my-login", "latchkey.token.issued", "authorization_code", "latchkey.token.refused", "invalid_grant", "latchkey.token.reused",
            "latchkey.commit.size", "latchkey.commit.duration", "latchkey.queue.wait", "latchkey.queue.length", "http.server.request.duration",
        ];
        Assert.All(expected, name => Assert.Contains(name, metrics, StringComparison.Ordinal));
        var traces = collector.Text("/v1/traces");
        Assert.Contains("POST /oauth/token", traces, StringComparison.Ordinal);
        Assert.Contains("commit", traces, StringComparison.Ordinal);
        string[] secrets = [access, refresh, authorization.Code, authorization.Verifier, app.Secret, app.Id, "watched", "code_challenge", "correct horse"];
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, metrics + traces, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_collector_that_is_away_changes_nothing()
    {
        await using var server = await ServeAsync(("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1"));
        using var app = await App.RegisterAsync(_directory.Data, "unwatched");
        app.Issuer = server.Issuer;

        Assert.True(await app.IsActiveAsync((await app.LogInAsync()).Access));
        Assert.Equal(0, (await server.TerminateAsync()).ExitCode);
    }

    private Task<RunningServer> ServeAsync(params (string Name, string Value)[] variables) => RunningServer.StartAsync(
        variables.ToDictionary(v => v.Name, v => v.Value), "serve", "--json", "--data", _directory.Data, "--urls", "http://127.0.0.1:0");
}
