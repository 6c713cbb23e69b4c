namespace Latchkey.Linode;

/// <summary>What a list of instances can be filtered and ordered by.</summary>
public static class InstanceFields
{
    /// <summary><c>id</c></summary>
    public static FilterField<Instance, int> Id { get; } = new("id");

    /// <summary><c>label</c></summary>
    public static FilterField<Instance, string> Label { get; } = new("label");

    /// <summary><c>region</c></summary>
    public static FilterField<Instance, string> Region { get; } = new("region");

    /// <summary><c>type</c></summary>
    public static FilterField<Instance, string> Type { get; } = new("type");

    /// <summary><c>image</c></summary>
    public static FilterField<Instance, string> Image { get; } = new("image");

    /// <summary><c>tags</c>: one of them.</summary>
    public static FilterField<Instance, string> Tags { get; } = new("tags");

    /// <summary><c>status</c></summary>
    public static FilterField<Instance, InstanceStatus> Status { get; } = new("status");

    /// <summary><c>created</c></summary>
    public static FilterField<Instance, DateTimeOffset> Created { get; } = new("created");
}
