namespace Latchkey.Linode;

/// <summary>What a list of regions can be filtered and ordered by.</summary>
public static class RegionFields
{
    /// <summary><c>label</c></summary>
    public static FilterField<Region, string> Label { get; } = new("label");

    /// <summary><c>country</c></summary>
    public static FilterField<Region, string> Country { get; } = new("country");

    /// <summary><c>capabilities</c>: one of them.</summary>
    public static FilterField<Region, string> Capabilities { get; } = new("capabilities");
}
