using Latchkey.Linode;

namespace InstallOnLinode.Home;

/// <summary>What a visitor can choose from today.</summary>
public sealed record Choices(
    IReadOnlyList<Region> Regions, IReadOnlyList<LinodeType> Types, IReadOnlyList<Image> Images, StackScript? Script)
{
    public IReadOnlyList<UserDefinedField> Fields => Script?.UserDefinedFields ?? [];

    public static Choices From(IEnumerable<Region> regions, IEnumerable<LinodeType> types, IEnumerable<Image> images, StackScript? script) => new(
        [.. regions.Where(r => r.Status == "ok" && r.Capabilities.Contains("Linodes")).OrderBy(r => r.Label, StringComparer.Ordinal)],
        [.. types.Where(t => t.Price.Monthly is not null).OrderBy(t => t.Price.Monthly).ThenBy(t => t.Label, StringComparer.Ordinal)],
        [.. images.Where(i => i is { IsPublic: true, Deprecated: false } && Runs(script, i)).OrderBy(i => i.Label, StringComparer.Ordinal)],
        script);

    // A StackScript names the images it was written for, or all of them.
    private static bool Runs(StackScript? script, Image image) =>
        script is null || script.Images.Contains(image.Id) || script.Images.Contains("any/all");
}
