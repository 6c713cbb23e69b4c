namespace Latchkey.Protocol;

/// <summary>What Linode's <c>X-Filter</c> header asks for, as a tree.</summary>
internal abstract record Filter
{
    private Filter()
    {
    }

    /// <summary>Every part holds; with no part, everything passes.</summary>
    public sealed record All(IReadOnlyList<Filter> Parts) : Filter;

    /// <summary>At least one part holds.</summary>
    public sealed record Any(IReadOnlyList<Filter> Parts) : Filter;

    public sealed record Compare(string Field, Comparison Comparison, FilterValue Value) : Filter;
}

internal enum Comparison
{
    Equal,
    NotEqual,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
    Contains,
}

/// <summary>The tree, and what goes with it: the order, and how many there may be.</summary>
internal sealed record ListQuery(Filter Filter, string? OrderBy = null, bool Descending = false, int? Limit = null)
{
    public static readonly ListQuery Everything = new(new Filter.All([]));
}
