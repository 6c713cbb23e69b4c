using System.Text.Json.Serialization;

namespace Latchkey.Linode;

/// <summary>A question that a StackScript asks of whoever uses it.</summary>
public sealed record UserDefinedField
{
    /// <summary>The key in <see cref="CreateInstanceRequest.StackScriptData"/>.</summary>
    public string Name { get; init; } = "";

    /// <summary>The question.</summary>
    public string Label { get; init; } = "";

    /// <summary>The answer when none is given; null when one is needed.</summary>
    public string? Default { get; init; }

    /// <summary>What an answer looks like.</summary>
    public string? Example { get; init; }

    /// <summary>The answers to choose one of, separated by commas; null when anything goes.</summary>
    [JsonPropertyName("oneof")]
    public string? OneOf { get; init; }

    /// <summary>The answers to choose some of, separated by commas; null when anything goes.</summary>
    [JsonPropertyName("manyof")]
    public string? ManyOf { get; init; }
}
