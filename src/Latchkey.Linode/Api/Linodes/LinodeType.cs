namespace Latchkey.Linode;

/// <summary>A plan: how large a Linode is and what it costs.</summary>
public sealed record LinodeType
{
    /// <summary>What is sent in requests: <c>g6-nanode-1</c>.</summary>
    public string Id { get; init; } = "";

    /// <summary>What people call it: <c>Nanode 1GB</c>.</summary>
    public string Label { get; init; } = "";

    /// <summary><c>nanode</c>, <c>standard</c>, <c>dedicated</c>, <c>gpu</c>, <c>highmem</c> …</summary>
    public string Class { get; init; } = "";

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

    /// <summary>In Mbit/s.</summary>
    public int NetworkOut { get; init; }

    /// <summary>What it costs.</summary>
    public LinodePrice Price { get; init; } = new();

    /// <summary>The plan that replaces this one; null for one that is current.</summary>
    public string? Successor { get; init; }
}
