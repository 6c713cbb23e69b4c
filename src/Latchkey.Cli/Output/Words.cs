using System.Text.Json;
using System.Text.Json.Nodes;

namespace Latchkey.Cli.Output;

internal static class Words
{
    /// <summary>The name of an enumeration's value as the documents write it: <c>refresh_token_reuse</c>.</summary>
    public static string Word<T>(this T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    public static JsonArray Array(IEnumerable<string> texts) => [.. texts.Select(t => (JsonNode?)t)];

    public static string YesNo(bool value) => value ? "yes" : "no";
}
