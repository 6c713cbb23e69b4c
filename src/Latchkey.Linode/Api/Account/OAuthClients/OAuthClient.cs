using System.Text.Json.Serialization;
using Latchkey.Protocol;

namespace Latchkey.Linode;

/// <summary>An app that is registered from the account.</summary>
public sealed record OAuthClient
{
    /// <summary>What <see cref="LinodeLoginClient"/> takes as the client id.</summary>
    public string Id { get; init; } = "";

    /// <summary>What people are told it is called.</summary>
    public string Label { get; init; } = "";

    /// <summary>Where browsers are sent back to.</summary>
    public Uri? RedirectUri { get; init; }

    /// <summary>
    /// What <see cref="LinodeLoginClient"/> takes as the client secret: once, in the answer to creating the client or to
    /// resetting its secret. Null in every other answer, and where there is none. It does not print.
    /// </summary>
    public ClientSecret? Secret { get; init; }

    /// <summary>Whether it can be used.</summary>
    public OAuthClientStatus Status { get; init; }

    /// <summary>True for an app that cannot keep a secret: on phones, in browsers, on the command line.</summary>
    [JsonPropertyName("public")]
    public bool IsPublic { get; init; }

    /// <summary>Where its picture is; null when it has none.</summary>
    public Uri? ThumbnailUrl { get; init; }
}
