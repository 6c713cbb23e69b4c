using Latchkey.Protocol;

namespace Latchkey.Core.Grants;

/// <summary>
/// What one user gave one client at one consent: the code, every access and refresh token that follows, and their end.
/// One row; every token is a sealed pointer to it. Times are UTC, whole milliseconds.
/// </summary>
public sealed record Grant
{
    /// <summary>UUID version 7. Not a secret: what nobody can guess is the token's MAC.</summary>
    public required Guid Id { get; init; }

    /// <summary>Null for a personal access token, which has no client.</summary>
    public required string? ClientId { get; init; }

    public required Guid UserId { get; init; }

    public required ScopeSet Scopes { get; init; }

    /// <summary>The login session in which consent was given; null for a personal access token.</summary>
    public Guid? SessionId { get; init; }

    /// <summary>The API the tokens are meant for (RFC 8707 §2); null means the server's own API.</summary>
    public string? Resource { get; init; }

    public required GrantState State { get; init; }

    /// <summary>0 while pending; redeeming the code sets 1, each refresh adds 1.</summary>
    public required int Generation { get; init; }

    /// <summary>When the current generation was born. Its tokens' expiry and key follow from it, so that a retry yields the same bytes.</summary>
    public DateTimeOffset? RotatedAt { get; init; }

    /// <summary>Where the code was sent; a token request that names another is refused.</summary>
    public string? RedirectUri { get; init; }

    /// <summary>What the redeemer's verifier must answer; null only for clients excused from PKCE.</summary>
    public CodeChallenge? CodeChallenge { get; init; }

    public string? Nonce { get; init; }

    /// <summary>True when access may be renewed with refresh tokens.</summary>
    public bool Refreshable { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? CodeExpiresAt { get; init; }

    /// <summary>The absolute end, whatever is refreshed until then; null for a personal access token that never expires.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    public RevocationReason? RevokedWhy { get; init; }
}
