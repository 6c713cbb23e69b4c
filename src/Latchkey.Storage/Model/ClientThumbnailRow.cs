namespace Latchkey.Storage.Model;

/// <summary>Apart from the client, whose row is read at every request.</summary>
public sealed class ClientThumbnailRow
{
    public required string ClientId { get; init; }

    public required byte[] Png { get; set; }
}
