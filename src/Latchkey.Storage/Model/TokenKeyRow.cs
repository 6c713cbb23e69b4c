namespace Latchkey.Storage.Model;

public sealed class TokenKeyRow
{
    public required long Id { get; init; }

    /// <summary>The key, protected by the Data Protection ring that lies outside the database.</summary>
    public required byte[] Wrapped { get; init; }

    public required DateTimeOffset ActivatedAt { get; init; }
}
