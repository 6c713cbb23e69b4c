using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Latchkey.Storage.Examination;

namespace Latchkey.Cli.Doctor;

/// <summary>Asks the server who it is, by the way its users take: through DNS, TLS and whatever proxy stands in front.</summary>
internal sealed class IssuerExamination(string issuer) : IDisposable
{
    private const string Subject = "issuer";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { Timeout = Patience, MaxResponseContentBufferSize = 1_000_000 };

    public void Dispose() => _http.Dispose();

    public async Task RunAsync(Findings findings, CancellationToken cancellationToken)
    {
        try
        {
            using var metadata = await GetAsync("/.well-known/oauth-authorization-server", cancellationToken);
            if (metadata.StatusCode != HttpStatusCode.OK || await IssuerOfAsync(metadata, cancellationToken) is not { } named)
            {
                findings.Wrong(Subject, $"{issuer} answers ({(int)metadata.StatusCode}), but not as a login server. Look at the proxy in front, or at what else listens there.");
            }
            else if (named != issuer)
            {
                findings.Wrong(Subject, $"What answers at {issuer} calls itself {named}, and apps will refuse it. Give both the same --issuer.");
            }
            else
            {
                await ReadyAsync(findings, cancellationToken);
            }
        }
        catch (HttpRequestException broken) when (broken.HttpRequestError == HttpRequestError.SecureConnectionError)
        {
            findings.Wrong(Subject, $"{issuer} has no TLS that this machine trusts: {(broken.InnerException ?? broken).Message}");
        }
        catch (Exception broken) when (broken is HttpRequestException or SocketException)
        {
            findings.Doubtful(Subject, $"{issuer} cannot be reached from here: {broken.Message} Start the server, or say its --issuer and --urls here too.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            findings.Wrong(Subject, $"{issuer} takes the connection and does not answer within {Patience.TotalSeconds:0} seconds.");
        }
    }

    private async Task ReadyAsync(Findings findings, CancellationToken cancellationToken)
    {
        using var ready = await GetAsync("/health/ready", cancellationToken);
        switch (ready.StatusCode)
        {
            case HttpStatusCode.OK:
                findings.Right(Subject, $"{issuer} answers, as itself and ready.");
                break;
            case HttpStatusCode.NotFound or HttpStatusCode.Forbidden:
                // A proxy that keeps the health endpoints to itself, as the guide says.
                findings.Right(Subject, $"{issuer} answers as itself. Whether it is ready is not told from here.");
                break;
            default:
                findings.Wrong(Subject, $"{issuer} answers as itself and is not ready ({(int)ready.StatusCode}): its database does not answer, or it is stopping.");
                break;
        }
    }

    private Task<HttpResponseMessage> GetAsync(string path, CancellationToken cancellationToken) => _http.GetAsync(new Uri(issuer + path), cancellationToken);

    private static async Task<string?> IssuerOfAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            var document = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
            return document is JsonObject { } found && found["issuer"] is JsonValue value && value.TryGetValue<string>(out var named) ? named : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
