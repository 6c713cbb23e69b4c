using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Latchkey.CloudApi.Linodes.StackScripts;

/// <summary>A question a StackScript asks, declared in it as <c>&lt;UDF name="…" label="…" default="…" oneOf="…" /&gt;</c>.</summary>
internal sealed record UserDefinedField(string Label, string Name, string Example)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Default { get; init; }

    [JsonPropertyName("oneOf"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? OneOf { get; init; }

    [JsonPropertyName("manyOf"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ManyOf { get; init; }

    public static IReadOnlyList<UserDefinedField> In(string script) => [.. Tag.Matches(script).Select(m => Read(m.Value))];

    /// <summary>Why this answer does not do, or null when it does.</summary>
    public string? Refusal(string? answer)
    {
        if (string.IsNullOrEmpty(answer))
        {
            return Default is null ? $"The StackScript asks for {Name}." : null;
        }

        return OneOf is not null && !Choices(OneOf).Contains(answer) ? $"{Name} must be one of {OneOf}."
            : ManyOf is not null && !Choices(answer).All(Choices(ManyOf).Contains) ? $"{Name} must be any of {ManyOf}, separated by commas."
            : null;
    }

    private static string[] Choices(string list) => list.Split(',', StringSplitOptions.TrimEntries);

    private static UserDefinedField Read(string tag)
    {
        var attributes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (Match match in Attribute.Matches(tag))
        {
            attributes.TryAdd(match.Groups[1].Value, match.Groups[2].Success ? match.Groups[2].Value : match.Groups[3].Value);
        }

        return new UserDefinedField(
            attributes.GetValueOrDefault("label", ""), attributes.GetValueOrDefault("name", ""), attributes.GetValueOrDefault("example", ""))
        {
            Default = attributes.GetValueOrDefault("default"),
            OneOf = attributes.GetValueOrDefault("oneOf"),
            ManyOf = attributes.GetValueOrDefault("manyOf"),
        };
    }

    // Scripts come from strangers: an engine that does not backtrack has no worst case to find.
    private static readonly Regex Tag = new(
        """<UDF(\s+[a-z]+\s*=\s*("[^"]*"|'[^']*'))+\s*/?>""", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking);

    private static readonly Regex Attribute = new(
        """([a-z]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking);
}
