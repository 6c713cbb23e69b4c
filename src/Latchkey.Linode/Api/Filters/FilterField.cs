using System.Text.Json;

namespace Latchkey.Linode;

/// <summary>A member of the elements of a list, to compare with a value.</summary>
/// <typeparam name="T">What the list is of.</typeparam>
/// <typeparam name="TValue">What the member holds: string, bool, int, long, double or DateTimeOffset.</typeparam>
public sealed class FilterField<T, TValue> : IFilterField<T>
    where TValue : notnull
{
    /// <summary>A field by its name on the wire.</summary>
    /// <exception cref="ArgumentException">The name is empty or begins with <c>+</c>, which marks an operator.</exception>
    public FilterField(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (name.StartsWith('+'))
        {
            throw new ArgumentException("A name that begins with + is an operator.", nameof(name));
        }

        Name = name;
    }

    /// <inheritdoc />
    public string Name { get; }

    /// <summary>Equal.</summary>
    public Filter<T> Is(TValue value) => new(writer =>
    {
        writer.WritePropertyName(Name);
        Write(writer, value);
    });

    /// <summary>Not equal: <c>+neq</c>.</summary>
    public Filter<T> IsNot(TValue value) => With(FilterOperators.Not, value);

    /// <summary>Holds this text: <c>+contains</c>.</summary>
    public Filter<T> Contains(string text) => new(writer =>
    {
        writer.WriteStartObject(Name);
        writer.WriteString(FilterOperators.Contains, text);
        writer.WriteEndObject();
    });

    /// <summary>Greater: <c>+gt</c>.</summary>
    public Filter<T> GreaterThan(TValue value) => With(FilterOperators.Greater, value);

    /// <summary>Greater or equal: <c>+gte</c>.</summary>
    public Filter<T> AtLeast(TValue value) => With(FilterOperators.AtLeast, value);

    /// <summary>Less: <c>+lt</c>.</summary>
    public Filter<T> LessThan(TValue value) => With(FilterOperators.Less, value);

    /// <summary>Less or equal: <c>+lte</c>.</summary>
    public Filter<T> AtMost(TValue value) => With(FilterOperators.AtMost, value);

    private Filter<T> With(JsonEncodedText how, TValue value) => new(writer =>
    {
        writer.WriteStartObject(Name);
        writer.WritePropertyName(how);
        Write(writer, value);
        writer.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter writer, TValue value)
    {
        switch (value)
        {
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case int number:
                writer.WriteNumberValue(number);
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case double number:
                writer.WriteNumberValue(number);
                break;
            case DateTimeOffset time:
                writer.WriteStringValue(LinodeTime.Write(time));
                break;
            default:
                writer.WriteStringValue(value.ToString());
                break;
        }
    }
}
