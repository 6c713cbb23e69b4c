using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Latchkey.LoginServer.Hosting;

namespace Latchkey.Cli.Serve;

/// <summary>What <c>latchkey serve</c> was told, once it is known to be safe to do.</summary>
internal sealed class ServeSettings
{
    private const string DefaultUrl = "http://localhost:5080";
    private const int LongestDrain = 600;

    private static readonly Option<string[]> UrlsOption = new("--urls")
    {
        Description = $"Where to listen; {DefaultUrl} when left out. Several are separated by spaces or semicolons.",
        HelpName = "URL",
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<string?> IssuerOption = new("--issuer")
    {
        Description = "The address apps and people know the server by; the first of --urls when left out.",
        HelpName = "URL",
    };

    private static readonly Option<string[]> ProxiesOption = new("--behind-proxy")
    {
        Description = "The addresses or networks of the reverse proxies in front, which speak TLS to the world.",
        HelpName = "ADDRESS",
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<string?> CertificateOption = new("--certificate")
    {
        Description = "The certificate for https, in PEM, with its chain.",
        HelpName = "FILE",
    };

    private static readonly Option<string?> KeyOption = new("--certificate-key")
    {
        Description = "Its private key, in PEM, when that is another file.",
        HelpName = "FILE",
    };

    private static readonly Option<bool> As401 = new("--missing-scope-401")
    {
        Description = "Answer a missing scope at /v4 with 401, as Linode does, instead of 403.",
    };

    private static readonly Option<int> DrainOption = new("--drain")
    {
        Description = $"How long SIGTERM leaves the server answering while /health/ready says 503, for a load balancer to notice; 0 to {LongestDrain}, 0 when left out.",
        HelpName = "SECONDS",
    };

    public static IEnumerable<Option> Options => [UrlsOption, IssuerOption, ProxiesOption, CertificateOption, KeyOption, DrainOption, As401];

    public required IReadOnlyList<ListenAddress> Addresses { get; init; }

    /// <summary>Null: the first address.</summary>
    public required string? Issuer { get; init; }

    public required IReadOnlyList<string> Proxies { get; init; }

    public required bool MissingScope401 { get; init; }

    /// <summary>Between SIGTERM and the stop; zero for none.</summary>
    public required TimeSpan Drain { get; init; }

    /// <summary>With its chain, once it was read; null without https.</summary>
    public X509Certificate2Collection? Certificates { get; private set; }

    private string? CertificateFile { get; init; }

    private string? KeyFile { get; init; }

    /// <summary>What <c>--drain</c> says; zero for another command.</summary>
    public static TimeSpan DrainIn(ParseResult parsed) => TimeSpan.FromSeconds(parsed.GetValue(DrainOption));

    /// <summary>False when the words are wrong, whatever the machine holds.</summary>
    public static bool TryRead(ParseResult parsed, [NotNullWhen(true)] out ServeSettings? settings, [NotNullWhen(false)] out string? problem)
    {
        settings = null;
        var addresses = new List<ListenAddress>();
        var urls = parsed.GetValue(UrlsOption) is { Length: > 0 } some ? some : [DefaultUrl];
        foreach (var url in urls.SelectMany(u => u.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
        {
            if (!ListenAddress.TryParse(url, out var address))
            {
                problem = $"{url} is no address to listen on. Write http:// or https://, then localhost, an IP address or *, and a port.";
                return false;
            }

            addresses.Add(address);
        }

        if (addresses.Count == 0)
        {
            problem = "--urls names no address to listen on.";
            return false;
        }

        var read = new ServeSettings
        {
            Addresses = addresses,
            Issuer = parsed.GetValue(IssuerOption)?.TrimEnd('/'),
            Proxies = parsed.GetValue(ProxiesOption) ?? [],
            MissingScope401 = parsed.GetValue(As401),
            Drain = DrainIn(parsed),
            CertificateFile = parsed.GetValue(CertificateOption),
            KeyFile = parsed.GetValue(KeyOption),
        };
        problem = read.Problem();
        settings = problem is null ? read : null;
        return problem is null;
    }

    /// <summary>Null when it was read, or none is needed; otherwise what to change.</summary>
    public string? ReadCertificate()
    {
        if (CertificateFile is null)
        {
            return null;
        }

        try
        {
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(CertificateFile);
            using var leaf = X509Certificate2.CreateFromPemFile(CertificateFile, KeyFile);
            chain.RemoveAt(0);
            chain.Insert(0, X509CertificateLoader.LoadPkcs12(leaf.Export(X509ContentType.Pkcs12), null));
            Certificates = chain;
            return null;
        }
        catch (Exception broken) when (broken is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return $"The certificate {CertificateFile} cannot be used: {broken.Message}";
        }
    }

    // Passwords and codes cross this connection: in the clear they may not leave the machine (RFC 6749 §3.1, §3.2).
    private string? Problem()
    {
        if (Proxies.FirstOrDefault(p => !IPAddress.TryParse(p, out _) && !IPNetwork.TryParse(p, out _)) is { } strange)
        {
            return $"{strange} is neither an IP address nor a network such as 10.0.0.0/8.";
        }

        if (Proxies.Count == 0 && Addresses.FirstOrDefault(a => !a.IsHttps && !a.IsLoopback) is { } open)
        {
            return $"{open.Url} would carry passwords unprotected. Use https (--certificate FILE), or name the TLS proxy in front (--behind-proxy ADDRESS).";
        }

        if (Drain < TimeSpan.Zero || Drain > TimeSpan.FromSeconds(LongestDrain))
        {
            return $"--drain is between 0 and {LongestDrain} seconds.";
        }

        if (Issuer is null && !IsAName(Addresses[0]))
        {
            return $"Apps cannot know the server by {Addresses[0].Url}: say by which address they do (--issuer https://login.example.com).";
        }

        if (!Addresses.Any(a => a.IsHttps))
        {
            return CertificateFile is null && KeyFile is null ? null : "--certificate is for https: none of --urls is.";
        }

        return string.IsNullOrWhiteSpace(CertificateFile)
            ? "https needs a certificate: --certificate FILE, and --certificate-key FILE when its key is apart."
            : null;
    }

    private static bool IsAName(ListenAddress address) =>
        address.Host is not ("*" or "+") && !address.Addresses.Any(a => a.Equals(IPAddress.Any) || a.Equals(IPAddress.IPv6Any))
        && (address.IsHttps || address.IsLoopback);
}
