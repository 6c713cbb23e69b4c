using System.CommandLine;
using Latchkey.Cli.Serve;
using Latchkey.LoginServer;
using Latchkey.Storage.Examination;

namespace Latchkey.Cli.Doctor;

/// <summary>What <c>serve</c> would say to the same words, and what answers at the address that people and apps are told.</summary>
internal static class ServeExamination
{
    public static async Task RunAsync(ParseResult parsed, Findings findings, CancellationToken cancellationToken)
    {
        if (!ServeSettings.TryRead(parsed, out var settings, out var problem))
        {
            findings.Wrong("addresses", problem);
            return;
        }

        if (settings.ReadCertificate() is { } withoutCertificate)
        {
            findings.Wrong("addresses", withoutCertificate);
            return;
        }

        var issuer = settings.Issuer ?? settings.Addresses[0].Url;
        if (new LoginServerOptions { Issuer = issuer }.Problem() is { } unusable)
        {
            findings.Wrong("addresses", unusable);
            return;
        }

        Addresses(settings, issuer, findings);
        using var answer = new IssuerExamination(issuer);
        await answer.RunAsync(findings, cancellationToken);
    }

    private static void Addresses(ServeSettings settings, string issuer, Findings findings)
    {
        var listening = string.Join(' ', settings.Addresses.Select(a => a.Url));
        if (settings.Proxies.Count == 0 && issuer.StartsWith("https://", StringComparison.Ordinal) && !settings.Addresses.Any(a => a.IsHttps))
        {
            // Everybody would come from the proxy's address, and one guesser would lock everybody out.
            findings.Doubtful("addresses", $"Known as {issuer} and listening on {listening}: somebody else speaks TLS. Name that proxy (--behind-proxy 127.0.0.1), or all its users are taken for one.");
        }
        else
        {
            findings.Right("addresses", issuer == listening ? $"Known as {issuer}." : $"Known as {issuer}, listening on {listening}.");
        }
    }
}
