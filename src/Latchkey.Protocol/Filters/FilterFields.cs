namespace Latchkey.Protocol;

/// <summary>The fields of one resource that may be filtered and sorted by. Nothing outside this list is looked at.</summary>
internal sealed class FilterFields<T>
{
    private readonly Dictionary<string, Field> _fields = new(StringComparer.Ordinal);

    public FilterFields<T> Text(string name, Func<T, string?> read) => Add(name, FieldKind.Text, t => [FilterValue.Of(read(t))]);

    /// <summary>What has no number equals none.</summary>
    public FilterFields<T> Number(string name, Func<T, decimal?> read) =>
        Add(name, FieldKind.Number, t => read(t) is { } number ? [FilterValue.Of(number)] : []);

    public FilterFields<T> Truth(string name, Func<T, bool> read) => Add(name, FieldKind.Truth, t => [FilterValue.Of(read(t))]);

    /// <summary>A list: it equals a value that it holds.</summary>
    public FilterFields<T> Texts(string name, Func<T, IReadOnlyList<string>> read) =>
        Add(name, FieldKind.Text, t => [.. read(t).Select(FilterValue.Of)]);

    public FieldKind? KindOf(string name) => _fields.TryGetValue(name, out var field) ? field.Kind : null;

    /// <summary>Keeps what passes, in the order asked for; items that sort alike stay in their own order.</summary>
    public IReadOnlyList<T> Apply(ListQuery query, IEnumerable<T> items)
    {
        var kept = items.Where(i => Passes(query.Filter, i));
        if (query.OrderBy is not { } orderBy)
        {
            return [.. kept];
        }

        var read = _fields[orderBy].Read;
        return [.. query.Descending
            ? kept.OrderByDescending(i => read(i).FirstOrDefault(), NothingFirst.Instance)
            : kept.OrderBy(i => read(i).FirstOrDefault(), NothingFirst.Instance)];
    }

    private bool Passes(Filter filter, T item) => filter switch
    {
        Filter.All all => all.Parts.All(p => Passes(p, item)),
        Filter.Any any => any.Parts.Any(p => Passes(p, item)),
        Filter.Compare { Comparison: Comparison.NotEqual } c => !_fields[c.Field].Read(item).Contains(c.Value),
        Filter.Compare c => _fields[c.Field].Read(item).Any(v => Holds(v, c.Comparison, c.Value)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static bool Holds(FilterValue left, Comparison comparison, FilterValue right) => comparison switch
    {
        Comparison.Equal => left == right,
        _ when left.Kind is null || right.Kind is null => false,
        Comparison.Greater => left.CompareTo(right) > 0,
        Comparison.GreaterOrEqual => left.CompareTo(right) >= 0,
        Comparison.Less => left.CompareTo(right) < 0,
        Comparison.LessOrEqual => left.CompareTo(right) <= 0,
        _ => left.Text!.Contains(right.Text!, StringComparison.Ordinal),
    };

    private FilterFields<T> Add(string name, FieldKind kind, Func<T, FilterValue[]> read)
    {
        _fields.Add(name, new Field(kind, read));
        return this;
    }

    private sealed record Field(FieldKind Kind, Func<T, FilterValue[]> Read);

    private sealed class NothingFirst : IComparer<FilterValue>
    {
        public static readonly NothingFirst Instance = new();

        public int Compare(FilterValue x, FilterValue y) =>
            x.Kind is null || y.Kind is null ? (x.Kind is null ? 0 : 1) - (y.Kind is null ? 0 : 1) : x.CompareTo(y);
    }
}
