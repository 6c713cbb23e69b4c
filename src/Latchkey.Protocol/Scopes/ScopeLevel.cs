namespace Latchkey.Protocol;

/// <summary>How far a scope reaches inside its family; each level contains the ones below it.</summary>
public enum ScopeLevel
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary><c>read_only</c></summary>
    ReadOnly = 1,

    /// <summary><c>read_write</c></summary>
    ReadWrite = 2,

    /// <summary><c>*</c></summary>
    All = 3,
}
