using Latchkey.Core.Clients;
using Latchkey.Protocol;

namespace Latchkey.Storage.Clients;

/// <summary>What a client is registered with. The caller has checked it; see <see cref="RedirectUriRules"/>.</summary>
public sealed record NewClient
{
    public required string Label { get; init; }

    public IReadOnlyList<string> RedirectUris { get; init; } = [];

    public bool Public { get; init; }

    /// <summary>A public client is given a secret too, which it may send and need not: so Linode's API does, and its clients read it.</summary>
    public bool SecretThoughPublic { get; init; }

    public ClientStatus Status { get; init; }

    public Compatibility Compatibility { get; init; }

    public bool PkceOptional { get; init; }

    public bool Trusted { get; init; }

    public bool Api { get; init; }

    public string? Resource { get; init; }

    public ScopeSet AllowedScopes { get; init; } = ScopeSet.Everything;

    public IReadOnlyList<string> Grants { get; init; } = [GrantTypes.AuthorizationCode, GrantTypes.RefreshToken];

    public Guid? OwnerId { get; init; }
}
