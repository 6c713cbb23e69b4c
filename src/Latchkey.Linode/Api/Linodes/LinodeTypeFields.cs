namespace Latchkey.Linode;

/// <summary>What a list of plans can be filtered and ordered by.</summary>
public static class LinodeTypeFields
{
    /// <summary><c>label</c></summary>
    public static FilterField<LinodeType, string> Label { get; } = new("label");

    /// <summary><c>class</c></summary>
    public static FilterField<LinodeType, string> Class { get; } = new("class");

    /// <summary><c>memory</c>, in MB.</summary>
    public static FilterField<LinodeType, int> Memory { get; } = new("memory");

    /// <summary><c>disk</c>, in MB.</summary>
    public static FilterField<LinodeType, int> Disk { get; } = new("disk");

    /// <summary><c>vcpus</c></summary>
    public static FilterField<LinodeType, int> Vcpus { get; } = new("vcpus");
}
