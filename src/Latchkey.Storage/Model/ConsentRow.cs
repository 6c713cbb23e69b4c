namespace Latchkey.Storage.Model;

public sealed class ConsentRow
{
    public int Id { get; init; }

    public required Guid UserId { get; init; }

    public required string ClientId { get; init; }

    /// <summary>As <see cref="Core.Consent.ConsentPlace"/> has it; empty in rows that are older than this column, which match no request.</summary>
    public required string Address { get; init; }

    /// <summary>Empty for the server's own API.</summary>
    public required string Resource { get; init; }

    public required string Scopes { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }
}
