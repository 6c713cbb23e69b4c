namespace Latchkey.Storage.Model;

/// <summary>A number that only grows, so that what it numbered is never numbered again, even after a deletion.</summary>
public sealed class CounterRow
{
    public const string Uid = "uid";

    public required string Name { get; init; }

    public int Value { get; set; }
}
