using Latchkey.CloudApi.Envelope;
using Latchkey.Protocol;

namespace Latchkey.CloudApi.Linodes.Instances;

/// <summary>What the owner may change about a Linode; null where nothing was said.</summary>
internal sealed record InstanceFields(string? Label, IReadOnlyList<string>? Tags, string? Group, bool? WatchdogEnabled, AlertChanges? Alerts)
{
    private const int MostTags = 500;

    public static InstanceFields Read(RequestBody body) => new(
        ReadLabel(body), ReadTags(body), body.String("group"), body.Bool("watchdog_enabled"), AlertChanges.Read(body));

    public static string? ReadLabel(RequestBody body)
    {
        var label = body.String("label");
        if (label is not null && InstanceLabel.Refusal(label) is { } refusal)
        {
            body.Refuse("label", refusal);
        }

        return label;
    }

    public static IReadOnlyList<string>? ReadTags(RequestBody body)
    {
        var tags = body.Strings("tags");
        if (tags?.All(t => t.Length is >= 3 and <= 50 && !t.Any(char.IsControl)) == false)
        {
            body.Refuse("tags", "Every tag must be between 3 and 50 characters long.");
        }

        if (tags?.Count > MostTags)
        {
            body.Refuse("tags", $"tags must not be more than {MostTags}.");
        }

        return tags?.Distinct(StringComparer.Ordinal).ToList();
    }
}
