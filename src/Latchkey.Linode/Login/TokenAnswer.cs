using System.Text.Json.Serialization;

namespace Latchkey.Linode;

/// <summary>What a token endpoint may answer: a token, an OAuth error, or Linode's list of errors.</summary>
/// <remarks>RFC 6749 §5.1, §5.2. Linode sends <c>scope</c> and <c>scopes</c>, or one of them.</remarks>
internal sealed class TokenAnswer
{
    public string? AccessToken { get; set; }

    public string? TokenType { get; set; }

    public long? ExpiresIn { get; set; }

    public string? Scope { get; set; }

    public string? Scopes { get; set; }

    public string? RefreshToken { get; set; }

    public string? Error { get; set; }

    public string? ErrorDescription { get; set; }

    public IReadOnlyList<ReasonAnswer?>? Errors { get; set; }
}

internal sealed class ReasonAnswer
{
    public string? Reason { get; set; }

    public string? Field { get; set; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(TokenAnswer))]
internal sealed partial class LoginJson : JsonSerializerContext;
