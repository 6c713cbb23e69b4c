namespace Latchkey.Linode;

/// <summary>How large an instance is.</summary>
public sealed record InstanceSpecs
{
    /// <summary>In MB.</summary>
    public int Disk { get; init; }

    /// <summary>In MB.</summary>
    public int Memory { get; init; }

    /// <summary>How many.</summary>
    public int Vcpus { get; init; }

    /// <summary>How many.</summary>
    public int Gpus { get; init; }

    /// <summary>Each month, in GB.</summary>
    public int Transfer { get; init; }
}
