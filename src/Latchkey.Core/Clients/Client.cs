using Latchkey.Protocol;

namespace Latchkey.Core.Clients;

/// <summary>A registered app (or API) as the rules see it (RFC 6749 §2).</summary>
public sealed record Client
{
    private static readonly ScopeSet Identity = ScopeSet.Parse(string.Join(' ', IdentityScopes.All));

    /// <summary>20 lower-case hex digits, as Linode's are.</summary>
    public required string Id { get; init; }

    public required string Label { get; init; }

    public required IReadOnlyList<string> RedirectUris { get; init; }

    /// <summary>True when the app cannot keep a secret (RFC 6749 §2.1).</summary>
    public bool Public { get; init; }

    /// <summary>SHA-256 of the secret; null when the client has none.</summary>
    public byte[]? SecretHash { get; init; }

    public ClientStatus Status { get; init; }

    public Compatibility Compatibility { get; init; }

    /// <summary>Excused from PKCE: for confidential OpenID clients that cannot send it; shown wherever the client is shown.</summary>
    public bool PkceOptional { get; init; }

    /// <summary>The operator's own app: its users are not asked to consent, unless anyone could pose as it (RFC 8252 §8.6).</summary>
    public bool Trusted { get; init; }

    /// <summary>A resource server: it may introspect tokens meant for it, and nothing else.</summary>
    public bool Api { get; init; }

    /// <summary>The resource an API answers for (RFC 8707); null is the server's own API.</summary>
    public string? Resource { get; init; }

    /// <summary>What it may ask for.</summary>
    public ScopeSet AllowedScopes { get; init; } = ScopeSet.Everything;

    /// <summary>The grant types it may use; see <see cref="GrantTypes"/>.</summary>
    public IReadOnlyList<string> Grants { get; init; } = [GrantTypes.AuthorizationCode, GrantTypes.RefreshToken];

    /// <summary>Who registered it; null for the operator.</summary>
    public Guid? OwnerId { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>What it may ask for, the identity scopes among it: they are everyone's.</summary>
    internal ScopeSet Reach => ReachOf(AllowedScopes);

    public bool IsActive => Status == ClientStatus.Active;

    /// <summary>What a client that may ask for these scopes may hold: the identity scopes too, as they are everyone's.</summary>
    public static ScopeSet ReachOf(ScopeSet allowed) => allowed.Union(Identity);
}
