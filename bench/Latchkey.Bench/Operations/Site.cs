using System.Net;

namespace Latchkey.Bench.Operations;

/// <summary>What a client knows of the server under load, and the cookie of a browser that is logged in there.</summary>
internal sealed record Site
{
    public required IPEndPoint Address { get; init; }

    public string Host => Address.ToString();

    public required string ClientId { get; init; }

    public required string ClientSecret { get; init; }

    /// <summary>The client that introspects: an API.</summary>
    public required string ApiId { get; init; }

    public required string ApiSecret { get; init; }

    public required string RedirectUri { get; init; }

    public required string Cookie { get; init; }

    /// <summary>How long this server's codes and tokens are; they are of one length.</summary>
    public required int TokenLength { get; init; }
}
