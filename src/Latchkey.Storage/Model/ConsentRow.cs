namespace Latchkey.Storage.Model;

public sealed class ConsentRow
{
    public int Id { get; init; }

    public required Guid UserId { get; init; }

    public required string ClientId { get; init; }

    public required string Scopes { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }
}
