namespace Latchkey.Storage.Moving;

/// <summary>A table as both databases have it.</summary>
/// <param name="Numbered">The column that the database numbers; null when none is.</param>
internal sealed record MoveTable(string Name, IReadOnlyList<MoveColumn> Columns, IReadOnlyList<int> Key, string? Numbered)
{
    /// <summary>In the order of the primary key, which both databases sort by its bytes.</summary>
    public string Select =>
        $"SELECT {string.Join(", ", Columns.Select(c => c.Selected))} FROM \"{Name}\" ORDER BY {string.Join(", ", Key.Select(k => $"\"{Columns[k].Name}\""))}";

    public string Count => $"SELECT count(*) FROM \"{Name}\"";

    public string Copy => $"COPY \"{Name}\" ({string.Join(", ", Columns.Select(c => $"\"{c.Name}\""))}) FROM STDIN (FORMAT BINARY)";

    /// <summary>Deletes the row whose key the parameters are.</summary>
    public string Delete => $"DELETE FROM \"{Name}\" WHERE {string.Join(" AND ", Key.Select((k, i) => $"\"{Columns[k].Name}\" = ${i + 1}"))}";
}
