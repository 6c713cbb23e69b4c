namespace Latchkey.Storage.Postgres;

/// <summary>An element of the Data Protection key ring, its keys encrypted under the key file of the nodes.</summary>
internal sealed class KeyRingRow
{
    public required string Name { get; init; }

    public required string Xml { get; set; }
}
