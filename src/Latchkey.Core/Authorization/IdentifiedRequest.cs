using Latchkey.Core.Clients;

namespace Latchkey.Core.Authorization;

/// <summary>
/// A request whose client and redirect URI are proven. Only this type holds a redirect URI, so answering at an unproven
/// one does not compile (RFC 6749 §4.1.2.1).
/// </summary>
public sealed record IdentifiedRequest
{
    internal IdentifiedRequest(Client client, string redirectUri, string? state, ResponseMode responseMode)
    {
        Client = client;
        RedirectUri = redirectUri;
        State = state;
        ResponseMode = responseMode;
    }

    public Client Client { get; }

    /// <summary>Exactly as sent.</summary>
    public string RedirectUri { get; }

    /// <summary>To be echoed byte for byte; null when absent, empty or sent twice.</summary>
    public string? State { get; }

    public ResponseMode ResponseMode { get; internal init; }

    /// <summary>Without the state, which belongs to the app and in no log.</summary>
    public override string ToString() => $"IdentifiedRequest({Client.Id})";
}
