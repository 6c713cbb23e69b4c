namespace Latchkey.Protocol;

/// <summary>One value to compare: a text, a number, a truth value, or nothing.</summary>
internal readonly record struct FilterValue
{
    private FilterValue(FieldKind kind, string? text, decimal number)
    {
        Kind = kind;
        Text = text;
        Number = number;
    }

    /// <summary>Null for the value that is nothing.</summary>
    public FieldKind? Kind { get; }

    public string? Text { get; }

    public decimal Number { get; }

    public static FilterValue Of(string? text) => text is null ? default : new(FieldKind.Text, text, 0);

    public static FilterValue Of(decimal number) => new(FieldKind.Number, null, number);

    public static FilterValue Of(bool value) => new(FieldKind.Truth, null, value ? 1 : 0);

    /// <summary>Texts compare by code unit: no culture, no folding, so that a filter means the same everywhere.</summary>
    public int CompareTo(FilterValue other) =>
        Kind == FieldKind.Text ? string.CompareOrdinal(Text, other.Text) : Number.CompareTo(other.Number);
}

internal enum FieldKind
{
    Text,
    Number,
    Truth,
}
