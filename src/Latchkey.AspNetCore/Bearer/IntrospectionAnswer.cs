using System.Text.Json.Serialization;

namespace Latchkey.AspNetCore;

/// <summary>What the login server may say about a token (RFC 7662 §2.2), as far as an API needs it.</summary>
internal sealed class IntrospectionAnswer
{
    public bool Active { get; set; }

    public string? Sub { get; set; }

    public string? Username { get; set; }

    public string? ClientId { get; set; }

    public string? Scope { get; set; }

    public long? Exp { get; set; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(IntrospectionAnswer))]
internal sealed partial class IntrospectionJson : JsonSerializerContext;
