using System.Text.Json.Serialization;

namespace Latchkey.Linode;

/// <summary>What shall change about a client. Members left null stay as they are.</summary>
public sealed record UpdateOAuthClientRequest
{
    /// <summary>What people are told it is called, 1 to 512 characters.</summary>
    public string? Label { get; init; }

    /// <summary>Where browsers are sent back to; sent to the letter as it was written.</summary>
    public Uri? RedirectUri { get; init; }

    /// <summary>Whether it is an app that cannot keep a secret. Not every server lets that change.</summary>
    [JsonPropertyName("public")]
    public bool? IsPublic { get; init; }
}
