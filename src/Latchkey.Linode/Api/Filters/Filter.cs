using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace Latchkey.Linode;

/// <summary>
/// Which elements of a list are wanted, and in what order: what goes into <c>X-Filter</c>. Made from the fields in
/// <see cref="InstanceFields"/> and its like, joined with <c>&amp;</c> and <c>|</c>.
/// </summary>
/// <typeparam name="T">What the list is of; a filter for images does not fit a list of instances.</typeparam>
/// <remarks>Values are written as JSON in plain ASCII, so nothing in them can leave their place in the header.</remarks>
/// <example><code>InstanceFields.Region.Is("us-east") &amp; InstanceFields.Label.Contains("web")</code></example>
public sealed class Filter<T>
{
    private readonly Action<Utf8JsonWriter> _members;
    private readonly (string Field, bool Descending)? _order;

    internal Filter(Action<Utf8JsonWriter> members, (string Field, bool Descending)? order = null)
    {
        _members = members;
        _order = order;
    }

    /// <summary>Both have to hold.</summary>
    [SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "And is the named one.")]
    public static Filter<T> operator &(Filter<T> left, Filter<T> right) => Join(FilterOperators.And, left, right);

    /// <summary>One has to hold.</summary>
    [SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "Or is the named one.")]
    public static Filter<T> operator |(Filter<T> left, Filter<T> right) => Join(FilterOperators.Or, left, right);

    /// <summary>Both have to hold.</summary>
    public Filter<T> And(Filter<T> other) => this & other;

    /// <summary>One has to hold.</summary>
    public Filter<T> Or(Filter<T> other) => this | other;

    /// <summary>The same elements, smallest first.</summary>
    public Filter<T> OrderBy(IFilterField<T> field) => new(_members, (Name(field), false));

    /// <summary>The same elements, largest first.</summary>
    public Filter<T> OrderByDescending(IFilterField<T> field) => new(_members, (Name(field), true));

    /// <summary>The text of the header.</summary>
    public string ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            _members(writer);
            if (_order is var (field, descending))
            {
                writer.WriteString(FilterOperators.OrderBy, field);
                writer.WriteString(FilterOperators.Order, descending ? "desc" : "asc");
            }

            writer.WriteEndObject();
        }

        return Encoding.ASCII.GetString(buffer.WrittenSpan);
    }

    /// <summary>The text of the header.</summary>
    public override string ToString() => ToJson();

    private static string Name(IFilterField<T> field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return field.Name;
    }

    private static Filter<T> Join(JsonEncodedText how, Filter<T> left, Filter<T> right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return new(
            writer =>
            {
                writer.WriteStartArray(how);
                foreach (var part in (ReadOnlySpan<Filter<T>>)[left, right])
                {
                    writer.WriteStartObject();
                    part._members(writer);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
            },
            right._order ?? left._order);
    }
}

/// <summary>Starts a filter that no field starts.</summary>
public static class Filter
{
    /// <summary>Every element; for an order alone.</summary>
    public static Filter<T> All<T>() => new(_ => { });

    /// <summary>A field this library has no name for.</summary>
    /// <typeparam name="T">What the list is of.</typeparam>
    /// <typeparam name="TValue">What the field holds: string, bool, int, long, double or DateTimeOffset.</typeparam>
    public static FilterField<T, TValue> Where<T, TValue>(string name)
        where TValue : notnull => new(name);
}
