using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.Json;

namespace Latchkey.Storage.Moving;

/// <summary>A JSON column, in which each database writes times and the like in its own way, as it does in columns of their own.</summary>
internal static class MoveDocument
{
    /// <summary>The document as <paramref name="to"/> writes it, its members in the order of the model.</summary>
    public static string Convert(string json, IEntityType from, IEntityType to)
    {
        using var document = JsonDocument.Parse(json);
        var members = new List<string>();
        foreach (var property in to.GetProperties().Where(p => p.GetJsonPropertyName() is not null && !p.IsPrimaryKey()))
        {
            var name = property.GetJsonPropertyName()!;
            if (document.RootElement.TryGetProperty(name, out var member))
            {
                members.Add($"{JsonSerializer.Serialize(name)}:{Member(member, from.FindProperty(property.Name)!, property)}");
            }
        }

        return $"{{{string.Join(',', members)}}}";
    }

    private static string Member(JsonElement member, IProperty from, IProperty to) => member.ValueKind == JsonValueKind.Null
        ? "null"
        : Writer(to).ToJsonString(Writer(from).FromJsonString(member.GetRawText()));

    private static JsonValueReaderWriter Writer(IProperty property) =>
        property.GetJsonValueReaderWriter() ?? property.GetTypeMapping().JsonValueReaderWriter
        ?? throw new NotSupportedException($"{property.Name} is not moved yet.");
}
