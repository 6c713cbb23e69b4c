using Latchkey.Core.Clients;

namespace Latchkey.Storage.Model;

public sealed class ClientRow
{
    public required string Id { get; init; }

    /// <summary>Grows with every change: what was parsed from the row is good as long as this stands.</summary>
    public long Version { get; set; } = 1;

    public required string Label { get; set; }

    /// <summary>A JSON array of text.</summary>
    public required string RedirectUris { get; set; }

    public bool Public { get; set; }

    public byte[]? SecretHash { get; set; }

    public ClientStatus Status { get; set; }

    public Compatibility Compatibility { get; set; }

    public bool PkceOptional { get; set; }

    public bool Trusted { get; set; }

    public bool Api { get; set; }

    public string? Resource { get; set; }

    public required string AllowedScopes { get; set; }

    /// <summary>Grant types, separated by spaces.</summary>
    public required string Grants { get; set; }

    public Guid? OwnerId { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
}
