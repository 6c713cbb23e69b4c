using System.Net;

namespace Latchkey.Bench.Operations;

/// <summary>What a client knows of the server under load, and the cookie of a browser that is logged in there.</summary>
internal sealed record Site
{
    public required IPEndPoint Address { get; init; }

    /// <summary>Of the other nodes that answer for the same site.</summary>
    public IReadOnlyList<IPEndPoint> OtherAddresses { get; init; } = [];

    public string Host => Address.ToString();

    public required string ClientId { get; init; }

    /// <summary>Null for a public client.</summary>
    public required string? ClientSecret { get; init; }

    /// <summary>The client that introspects: an API.</summary>
    public required string ApiId { get; init; }

    /// <summary>Null for a public client.</summary>
    public required string? ApiSecret { get; init; }

    public required string RedirectUri { get; init; }

    public required string Cookie { get; init; }

    /// <summary>The token endpoint says what was granted; it may leave that out when it is what was asked for (RFC 6749 §5.1).</summary>
    public bool TokenAnswerTellsScope { get; init; } = true;

    /// <summary>Introspection says what the token may do; it may keep that from some who ask (RFC 7662 §2.2).</summary>
    public bool IntrospectionTellsScope { get; init; } = true;

    /// <summary>Access tokens of grants that lie all over the store; empty when it starts empty.</summary>
    public IReadOnlyList<byte[]> LivingTokens { get; init; } = [];
}
