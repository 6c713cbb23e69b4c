using System.Text.Json;

namespace Latchkey.Protocol;

/// <summary>
/// Reads the <c>X-Filter</c> header against the fields of one resource. The header comes from strangers, so its length,
/// depth and number of conditions are bounded before anything is compared.
/// </summary>
internal sealed class FilterParser
{
    public const int MaxLength = 8192;
    private const int MaxDepth = 8;
    private const int MaxConditions = 200;

    // Arrays and the objects in them nest two deep per level of +and/+or.
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = (MaxDepth * 2) + 2, AllowDuplicateProperties = false };

    private readonly Func<string, FieldKind?> _kindOf;
    private int _conditions;
    private string? _orderBy;
    private string? _order;
    private int? _limit;

    private FilterParser(Func<string, FieldKind?> kindOf) => _kindOf = kindOf;

    /// <summary>The query, or the reason why there is none.</summary>
    public static (ListQuery? Query, string? Refusal) Parse(string text, Func<string, FieldKind?> kindOf)
    {
        if (text.Length > MaxLength)
        {
            return (null, $"X-Filter must not be longer than {MaxLength} characters.");
        }

        try
        {
            using var document = JsonDocument.Parse(text, Strict);
            return (new FilterParser(kindOf).Query(document.RootElement), null);
        }
        catch (RefusedException refused)
        {
            return (null, refused.Message);
        }
        catch (Exception notJson) when (notJson is JsonException or ArgumentException or InvalidOperationException)
        {
            return (null, "X-Filter is not valid JSON.");   // half a surrogate pair is an ArgumentException or, escaped, an InvalidOperationException
        }
    }

    private ListQuery Query(JsonElement root)
    {
        var filter = Object(root, depth: 0, mayDirect: true);
        return new ListQuery(filter, _orderBy, _order == "desc", _limit);
    }

    private Filter.All Object(JsonElement element, int depth, bool mayDirect)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new RefusedException("A filter must be a JSON object.");
        }

        CheckDepth(depth);
        return new Filter.All([.. element.EnumerateObject().SelectMany(p => Member(p, depth, mayDirect))]);
    }

    private List<Filter> Member(JsonProperty member, int depth, bool mayDirect) => member.Name switch
    {
        "+order_by" or "+order" or "+limit" when mayDirect => Direct(member),
        "+and" => [new Filter.All(Parts(member, depth, mayDirect && depth == 0))],
        "+or" => [new Filter.Any(Parts(member, depth, mayDirect: false))],
        ['+', ..] => throw new RefusedException($"{Shown(member.Name)} is not an operator that can stand here."),
        _ => Conditions(member.Name, member.Value, depth),
    };

    // They are said of the whole list. Linode's Python library joins them to the conditions with an outermost +and.
    private List<Filter> Direct(JsonProperty member)
    {
        switch (member.Name)
        {
            case "+order_by" when _orderBy is null:
                _orderBy = Text(member);
                _ = KindOf(_orderBy);
                return [];
            case "+order" when _order is null:
                _order = Text(member) is "asc" or "desc" ? Text(member) : throw new RefusedException("+order must be asc or desc.");
                return [];
            case "+limit" when _limit is null:
                _limit = member.Value.ValueKind == JsonValueKind.Number && member.Value.TryGetInt32(out var limit) && limit > 0
                    ? limit
                    : throw new RefusedException("+limit must be a whole number from 1 on.");
                return [];
            default:
                throw new RefusedException($"{member.Name} must stand once.");
        }
    }

    private List<Filter> Parts(JsonProperty member, int depth, bool mayDirect) => [.. Items(member).Select(e => Object(e, depth + 1, mayDirect))];

    private static JsonElement.ArrayEnumerator Items(JsonProperty member) =>
        member.Value.ValueKind == JsonValueKind.Array && member.Value.GetArrayLength() > 0
            ? member.Value.EnumerateArray()
            : throw new RefusedException($"{member.Name} must be a list, and hold something.");

    private List<Filter> Conditions(string field, JsonElement value, int depth)
    {
        CheckDepth(depth);
        var kind = KindOf(field);
        if (value.ValueKind != JsonValueKind.Object)
        {
            return [Condition(field, kind, Comparison.Equal, value)];
        }

        if (!value.EnumerateObject().Any())
        {
            throw new RefusedException($"The condition on {field} is empty.");
        }

        return
        [
            .. value.EnumerateObject().Select(o => o.Name switch
            {
                "+and" => new Filter.All(Of(o)),
                "+or" => new Filter.Any(Of(o)),
                _ => (Filter)Condition(field, kind, Operator(o.Name), o.Value),
            }),
        ];

        // Values of this field, or more conditions on it.
        List<Filter> Of(JsonProperty several) => [.. Items(several).Select(e => new Filter.All(Conditions(field, e, depth + 1)))];
    }

    private static void CheckDepth(int depth)
    {
        if (depth > MaxDepth)
        {
            throw new RefusedException($"A filter must not nest deeper than {MaxDepth}.");
        }
    }

    private Filter.Compare Condition(string field, FieldKind kind, Comparison comparison, JsonElement value)
    {
        if (++_conditions > MaxConditions)
        {
            throw new RefusedException($"A filter must not hold more than {MaxConditions} conditions.");
        }

        var read = Value(value);
        var fits = read.Kind is null ? comparison is Comparison.Equal or Comparison.NotEqual : read.Kind == kind;
        var sensible = kind switch
        {
            FieldKind.Truth => comparison is Comparison.Equal or Comparison.NotEqual,
            FieldKind.Number => comparison != Comparison.Contains,
            _ => true,
        };
        return fits && sensible
            ? new Filter.Compare(field, comparison, read)
            : throw new RefusedException($"The condition on {field} does not fit its type.");
    }

    private static Comparison Operator(string name) => name switch
    {
        "+neq" => Comparison.NotEqual,
        "+gt" => Comparison.Greater,
        "+gte" => Comparison.GreaterOrEqual,
        "+lt" => Comparison.Less,
        "+lte" => Comparison.LessOrEqual,
        "+contains" => Comparison.Contains,
        _ => throw new RefusedException($"{Shown(name)} is not an operator."),
    };

    private static FilterValue Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => FilterValue.Of(value.GetString()),
        JsonValueKind.Number when value.TryGetDecimal(out var number) => FilterValue.Of(number),
        JsonValueKind.True or JsonValueKind.False => FilterValue.Of(value.GetBoolean()),
        JsonValueKind.Null => default,
        _ => throw new RefusedException("A value in a filter must be a text, a number, true, false or null."),
    };

    private FieldKind KindOf(string field) =>
        _kindOf(field) ?? throw new RefusedException($"{Shown(field)} is not a field that can be filtered.");

    private static string Text(JsonProperty member) =>
        member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString()! : throw new RefusedException($"{member.Name} must be a text.");

    // What a stranger sent is repeated only as far as it can be a name.
    private static string Shown(string name) =>
        name.Length <= 40 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '+') ? $"'{name}'" : "This";

    // Thrown and caught in this file only: the way out of a recursive descent.
    private sealed class RefusedException(string message) : FormatException(message);
}
