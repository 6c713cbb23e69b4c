namespace Latchkey.Linode;

/// <summary>What a list of images can be filtered and ordered by.</summary>
public static class ImageFields
{
    /// <summary><c>label</c></summary>
    public static FilterField<Image, string> Label { get; } = new("label");

    /// <summary><c>vendor</c></summary>
    public static FilterField<Image, string> Vendor { get; } = new("vendor");

    /// <summary><c>is_public</c></summary>
    public static FilterField<Image, bool> IsPublic { get; } = new("is_public");

    /// <summary><c>deprecated</c></summary>
    public static FilterField<Image, bool> Deprecated { get; } = new("deprecated");

    /// <summary><c>created</c></summary>
    public static FilterField<Image, DateTimeOffset> Created { get; } = new("created");
}
