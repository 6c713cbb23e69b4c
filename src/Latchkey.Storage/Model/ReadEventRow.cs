namespace Latchkey.Storage.Model;

/// <summary>An event that its user has read. The event itself never changes.</summary>
public sealed class ReadEventRow
{
    public required Guid UserId { get; init; }

    public required long EventId { get; init; }
}
