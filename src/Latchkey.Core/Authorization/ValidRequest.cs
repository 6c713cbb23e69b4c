using Latchkey.Core.Consent;
using Latchkey.Protocol;

namespace Latchkey.Core.Authorization;

/// <summary>A request that passed every check: what remains is who the user is and whether they agree.</summary>
public sealed record ValidRequest
{
    internal ValidRequest(IdentifiedRequest identified) => Identified = identified;

    public IdentifiedRequest Identified { get; internal init; }

    /// <summary>What the app asks for.</summary>
    public ScopeSet Scopes { get; internal init; }

    /// <summary>Null only for a client excused from PKCE, and for the implicit answer.</summary>
    public CodeChallenge? CodeChallenge { get; internal init; }

    public string? Nonce { get; internal init; }

    /// <summary>RFC 8707 §2; null is the server's own API.</summary>
    public string? Resource { get; internal init; }

    /// <summary>Where what is agreed to goes.</summary>
    public ConsentPlace Place => ConsentPlace.Of(Identified.RedirectUri, Resource);

    public Prompt Prompt { get; internal init; }

    /// <summary>How old the login may be; null for any age.</summary>
    public TimeSpan? MaxAge { get; internal init; }

    /// <summary>True when the client says whom it expects. This server issues no ID tokens, so no hint proves who that is.</summary>
    public bool HasIdTokenHint { get; internal init; }

    /// <summary>True for <c>response_type=token</c>, which only compatibility clients may ask for.</summary>
    public bool Implicit { get; internal init; }

    /// <summary>Without nonce and challenge, which belong in no log.</summary>
    public override string ToString() => $"ValidRequest({Identified.Client.Id}: {Scopes})";
}
