using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Latchkey.Cli.Tests.Packaging;

/// <summary>
/// A reverse proxy with the configuration that the guide shows, in which only the port, the certificate's files, the log's place and the server's
/// address are changed.
/// </summary>
internal sealed class Proxy : IAsyncDisposable
{
    public const string Host = "login.example.com";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly TempDirectory _directory = new();
    private readonly StringBuilder _said = new();
    private readonly X509Certificate2 _certificate = SelfSigned();
    private Process? _process;

    public int Port { get; } = FreePort();

    public string Issuer => $"https://{Host}:{Port}";

    /// <summary>Everything it has written to a log, wherever that is.</summary>
    public string Logs
    {
        get
        {
            lock (_said)
            {
                return _said + string.Concat(Directory.GetFiles(_directory.Root, "*.log").Select(File.ReadAllText));
            }
        }
    }

    public async Task StartAsync(string name, Uri server)
    {
        Directory.CreateDirectory(_directory.In("tmp"));
        await File.WriteAllTextAsync(_directory.In("fullchain.pem"), _certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(_directory.In("privkey.pem"), _certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem());
        await File.WriteAllTextAsync(_directory.In("both.pem"), _certificate.ExportCertificatePem() + "\n" + _certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem());
        var shown = Repository.Block("reverse-proxy.md", name)
            .Replace("/etc/ssl/login.example.com", _directory.Root, StringComparison.Ordinal)
            .Replace("127.0.0.1:5080", server.Authority, StringComparison.Ordinal);
        _process = name switch
        {
            "nginx" => Nginx(shown),
            "haproxy" => HAProxy(shown),
            "caddy" => Caddy(shown),
            _ => throw new ArgumentOutOfRangeException(nameof(name)),
        };
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await ListeningAsync();
    }

    /// <summary>Makes a client come from this address and trust this proxy's certificate alone.</summary>
    public Action<SocketsHttpHandler> From(string address) => handler =>
    {
        handler.UseProxy = false;
        handler.SslOptions.RemoteCertificateValidationCallback = (_, presented, _, errors) =>
            presented is X509Certificate2 theirs && theirs.RawDataMemory.Span.SequenceEqual(_certificate.RawDataMemory.Span)
            && !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch);
        handler.ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, Port), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        };
    };

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        _certificate.Dispose();
        _directory.Dispose();
    }

    private Process Nginx(string shown)
    {
        var temporary = string.Concat(new[] { "client_body", "proxy", "fastcgi", "uwsgi", "scgi" }.Select(t => $"{t}_temp_path {_directory.In("tmp")};\n"));
        var file = Write(
            "nginx.conf",
            $"daemon off;\npid {_directory.In("pid")};\nuser root;\nevents {{ }}\nhttp {{\n{temporary}"
            + shown.Replace("listen 443", $"listen {Port}", StringComparison.Ordinal).Replace("/var/log/nginx", _directory.Root, StringComparison.Ordinal) + "}\n");
        return Programs.Start("nginx", "-p", _directory.Root, "-e", _directory.In("start.log"), "-c", file);
    }

    private Process HAProxy(string shown) =>
        Programs.Start("haproxy", "-db", "-f", Write("haproxy.cfg", shown.Replace("bind :443", $"bind :{Port}", StringComparison.Ordinal)));

    private Process Caddy(string shown)
    {
        var file = Write(
            "Caddyfile",
            $"{{\n\tadmin off\n\tauto_https disable_redirects\n\tstorage file_system {_directory.In("tmp")}\n}}\n"
            + shown.Replace(Host + " {", $"{Host}:{Port} {{", StringComparison.Ordinal).Replace("/var/log/caddy", _directory.Root, StringComparison.Ordinal));
        return Programs.Start("caddy", "run", "--adapter", "caddyfile", "--config", file);
    }

    private string Write(string name, string text)
    {
        File.WriteAllText(_directory.In(name), text);
        return _directory.In(name);
    }

    private void Hear(string? line)
    {
        lock (_said)
        {
            _said.AppendLine(line);
        }
    }

    private async Task ListeningAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            Assert.False(_process!.HasExited, Logs);
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, Port, patience.Token);
                return;
            }
            catch (SocketException)
            {
                await Task.Yield();
            }
        }
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={Host}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(Host);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
