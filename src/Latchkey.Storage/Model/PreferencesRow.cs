namespace Latchkey.Storage.Model;

public sealed class PreferencesRow
{
    public required Guid UserId { get; init; }

    /// <summary>One JSON object, whose meaning is its clients' alone.</summary>
    public required string Json { get; set; }
}
