using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using NpgsqlTypes;

namespace Latchkey.Storage.Moving;

/// <summary>A column as both databases have it.</summary>
/// <param name="FromSqlite">Makes of what SQLite keeps what PostgreSQL keeps.</param>
/// <param name="Normalize">Of JSON, the one form to compare: PostgreSQL orders members as it likes.</param>
internal sealed record MoveColumn(string Name, NpgsqlDbType Type, Func<object, object> FromSqlite, Func<string, string>? Normalize = null)
{
    /// <summary>Text, as the JSON of PostgreSQL has no one form otherwise.</summary>
    public string Selected => Type == NpgsqlDbType.Jsonb ? $"CAST(\"{Name}\" AS text)" : $"\"{Name}\"";

    /// <summary>Writes the value so that equal values are equal text, whichever database it came from.</summary>
    public static void AppendText(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null:
                text.Append("\\N");
                break;
            case string words:
                text.Append(words.Replace("\\", "\\\\").Replace("\t", "\\t").Replace("\n", "\\n"));
                break;
            case byte[] bytes:
                text.Append("\\x").Append(Convert.ToHexStringLower(bytes));
                break;
            case DateTimeOffset time:
                text.Append(time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
                break;
            default:
                text.Append(CultureInfo.InvariantCulture, $"{value}");
                break;
        }
    }

    /// <summary>Writes the value so that keys sort by their bytes as both databases sort their rows.</summary>
    public static void AppendKey(List<byte> key, object? value)
    {
        switch (value)
        {
            case Guid id:
                key.AddRange(id.ToByteArray(bigEndian: true));
                break;
            case string words:
                // No text has the zero in it, so the shorter of two that begin alike sorts first.
                key.AddRange(Encoding.UTF8.GetBytes(words));
                key.Add(0);
                break;
            case byte[] bytes:
                key.AddRange(bytes);
                break;
            case int or long:
                Span<byte> number = stackalloc byte[sizeof(long)];
                BinaryPrimitives.WriteInt64BigEndian(number, Convert.ToInt64(value, CultureInfo.InvariantCulture) ^ long.MinValue);
                key.AddRange(number);
                break;
            default:
                throw new NotSupportedException($"A key of {value?.GetType().Name ?? "nothing"} is not compared yet.");
        }
    }
}
