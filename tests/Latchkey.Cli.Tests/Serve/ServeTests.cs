using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Latchkey.Cli.Tests.Serve;

public sealed class ServeTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task It_begins_on_an_empty_directory_and_again_on_what_it_left()
    {
        Directory.CreateDirectory(_directory.Data);
        for (var i = 0; i < 2; i++)
        {
            await using var server = await RunningServer.ServeAsync(_directory.Data);
            Assert.Equal(_directory.Data, server.Ready.GetProperty("data").GetString());
            Assert.Equal(server.Issuer, await IssuerInMetadataAsync(server.Issuer));

            var ended = await server.TerminateAsync();

            Assert.Equal(0, ended.ExitCode);
            Assert.Equal("", ended.Output);
            Assert.Contains("Ready at", ended.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    [Spec("ST-05")]
    public async Task What_it_keeps_is_its_owners_alone()
    {
        await using var server = await RunningServer.ServeAsync(_directory.Data);

        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(owner | UnixFileMode.UserExecute, File.GetUnixFileMode(_directory.Data));
        Assert.All(Directory.GetFiles(_directory.Data, "*", SearchOption.AllDirectories), f => Assert.Equal(owner, File.GetUnixFileMode(f)));
        Assert.All(Directory.GetDirectories(_directory.Data), d => Assert.Equal(owner | UnixFileMode.UserExecute, File.GetUnixFileMode(d)));
    }

    [Fact]
    public async Task Ctrl_C_ends_it_cleanly()
    {
        await using var server = await RunningServer.ServeAsync(_directory.Data);

        Assert.Equal(0, (await server.InterruptAsync()).ExitCode);
    }

    [Fact]
    public async Task The_issuer_is_what_the_operator_says()
    {
        await using var server = await RunningServer.ServeAsync(
            _directory.Data, "--issuer", "https://login.example.com/", "--behind-proxy", "10.0.0.0/8", "--urls", "http://127.0.0.1:0");

        Assert.Equal("https://login.example.com", server.Issuer);
    }

    [Theory]
    [InlineData("would carry passwords unprotected", "--urls", "http://0.0.0.0:0")]
    [InlineData("would carry passwords unprotected", "--urls", "http://*:0")]
    [InlineData("would carry passwords unprotected", "--urls", "http://127.0.0.1:0;http://[::]:0")]
    [InlineData("--issuer", "--urls", "http://0.0.0.0:0", "--behind-proxy", "10.0.0.1")]
    [InlineData("https address", "--urls", "http://127.0.0.1:0", "--issuer", "http://login.example.com")]
    [InlineData("https address", "--urls", "http://127.0.0.1:0", "--behind-proxy", "10.0.0.1", "--issuer", "HTTPS://login.example.com")]
    [InlineData("https address", "--urls", "http://127.0.0.1:0", "--behind-proxy", "10.0.0.1", "--issuer", " https://login.example.com")]
    [InlineData("needs a certificate", "--urls", "https://127.0.0.1:0")]
    [InlineData("cannot be used", "--urls", "https://127.0.0.1:0", "--certificate", "/nonexistent.pem")]
    [InlineData("no address to listen on", "--urls", "ftp://127.0.0.1")]
    [InlineData("no address to listen on", "--urls", "http://example.com:5080")]
    [InlineData("names no address", "--urls", "")]
    [InlineData("names no address", "--urls", " ; ")]
    [InlineData("neither an IP address nor a network", "--behind-proxy", "proxy.example.com")]
    public async Task What_would_not_be_safe_is_refused_and_nothing_is_made(string because, params string[] arguments)
    {
        (await Command.RunAsync(["serve", "--data", _directory.Data, .. arguments])).Refused(because);

        Assert.False(Directory.Exists(_directory.Data));
    }

    [Fact]
    public async Task With_a_certificate_it_speaks_https()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        await File.WriteAllTextAsync(_directory.In("server.pem"), certificate.ExportCertificatePem(), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_directory.In("server.key"), key.ExportPkcs8PrivateKeyPem(), TestContext.Current.CancellationToken);

        await using var server = await RunningServer.ServeAsync(
            _directory.Data, "--urls", "https://127.0.0.1:0", "--certificate", _directory.In("server.pem"), "--certificate-key", _directory.In("server.key"));

        Assert.StartsWith("https://127.0.0.1:", server.Issuer, StringComparison.Ordinal);
        Assert.Equal(server.Issuer, await IssuerInMetadataAsync(server.Issuer, certificate));
    }

    [Fact]
    [Spec("LX-01")]
    public async Task It_logs_on_standard_error_without_codes_or_states()
    {
        await using var server = await RunningServer.ServeAsync(_directory.Data, "--verbose");
        using var app = await App.RegisterAsync(_directory.Data, "louise");
        app.Issuer = server.Issuer;
        var authorization = await app.AuthorizeAsync();
        var (access, refresh) = App.Tokens(await app.RedeemAsync(authorization));
        await app.RedeemAsync(authorization);

        var ended = await server.TerminateAsync();

        Assert.Equal("", ended.Output);
        Assert.All([authorization.Code, authorization.Verifier, access, refresh, app.Secret], secret =>
            Assert.DoesNotContain(secret, ended.Error, StringComparison.Ordinal));
        Assert.DoesNotContain("client_id=", ended.Error, StringComparison.Ordinal);
    }

    private static async Task<string?> IssuerInMetadataAsync(string issuer, X509Certificate2? certificate = null)
    {
        using var handler = new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback = (_, presented, _, _) => presented?.Thumbprint == certificate?.Thumbprint,
        };
        using var http = new HttpClient(handler);
        using var document = System.Text.Json.JsonDocument.Parse(await http.GetStringAsync(new Uri(issuer + "/.well-known/oauth-authorization-server")));
        return document.RootElement.GetProperty("issuer").GetString();
    }
}
