using System.Text;

namespace Latchkey.Storage.Moving;

/// <summary>A row, as PostgreSQL keeps it, whichever database it was read from.</summary>
internal sealed class MoveRow
{
    private readonly byte[] _key;

    public MoveRow(MoveTable table, object?[] values)
    {
        Values = values;
        var key = new List<byte>(32);
        foreach (var column in table.Key)
        {
            MoveColumn.AppendKey(key, values[column]);
        }

        _key = [.. key];
        var text = new StringBuilder(256);
        foreach (var value in values)
        {
            MoveColumn.AppendText(text, value);
            text.Append('\t');
        }

        Text = text.Append('\n').ToString();
    }

    public IReadOnlyList<object?> Values { get; }

    /// <summary>All of it in one line: equal rows, equal lines.</summary>
    public string Text { get; }

    public int CompareKey(MoveRow other) => _key.AsSpan().SequenceCompareTo(other._key);
}
