using System.Text;

namespace Latchkey.Linode;

/// <summary>Reads and writes <c>application/x-www-form-urlencoded</c> text, in queries.</summary>
internal static class FormText
{
    /// <summary>Appends one parameter; null leaves it out.</summary>
    public static StringBuilder AppendParameter(this StringBuilder query, string name, string? value) => value is null
        ? query
        : query.Append(query.Length == 0 ? "" : "&").Append(name).Append('=').Append(Uri.EscapeDataString(value));

    public static IEnumerable<(string Name, string Value)> Read(string query)
    {
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=');
            yield return equals < 0 ? (Decode(pair), "") : (Decode(pair[..equals]), Decode(pair[(equals + 1)..]));
        }
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
