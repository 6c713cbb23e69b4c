namespace Latchkey.CloudApi.Linodes.StackScripts;

/// <summary>A user's own StackScript as it is kept.</summary>
internal sealed class StoredStackScript
{
    public int Id { get; set; }

    public required string Owner { get; set; }

    public required string Username { get; set; }

    public required string Label { get; set; }

    public required string Description { get; set; }

    public required List<string> Images { get; set; }

    public required string Script { get; set; }

    public required string RevisionNote { get; set; }

    public int Deployments { get; set; }

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset Updated { get; set; }
}
