namespace Latchkey.Storage.Model;

public sealed class SshKeyRow
{
    public int Id { get; init; }

    public required Guid UserId { get; init; }

    public required string Label { get; set; }

    /// <summary>The public key in OpenSSH's one line.</summary>
    public required string Key { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}
