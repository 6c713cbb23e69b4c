using System.Text.Json.Serialization;
using Latchkey.Protocol;

namespace Latchkey.Linode;

/// <summary>A personal access token as lists show it: everything but the token itself.</summary>
public sealed record PersonalToken
{
    private const int Shown = 16;

    /// <summary>Its number.</summary>
    public int Id { get; init; }

    /// <summary>What its owner calls it.</summary>
    public string Label { get; init; } = "";

    /// <summary>How far it reaches. Scopes without a name here come through as they are.</summary>
    public ScopeSet Scopes { get; init; }

    /// <summary>The token's first 16 characters, to tell it from others; not enough to use it.</summary>
    /// <remarks>
    /// The answer to creating a token holds it whole under the same name; what prints does not get it.
    /// </remarks>
    [JsonPropertyName("token")]
    public string TokenStart
    {
        get;
        init => field = value is { Length: > Shown } ? value[..Shown] : value ?? "";
    } = "";

    /// <summary>When it was made, in UTC.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>When it ends, in UTC; null when it does not.</summary>
    public DateTimeOffset? Expiry { get; init; }
}
