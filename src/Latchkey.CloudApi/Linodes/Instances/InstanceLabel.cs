namespace Latchkey.CloudApi.Linodes.Instances;

/// <summary>Linode's rules for a label.</summary>
internal static class InstanceLabel
{
    public static string? Refusal(string label) =>
        label.Length is < 3 or > 64 ? "Label must be between 3 and 64 characters long."
        : !label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
            ? "Label must include only ASCII letters, numbers, underscores, periods, and dashes."
        : !char.IsAsciiLetterOrDigit(label[0]) ? "Label must begin with a letter or a number."
        : label.Contains("--") || label.Contains("__") || label.Contains("..")
            ? "Label must not have two dashes, underscores or periods in a row."
        : null;
}
