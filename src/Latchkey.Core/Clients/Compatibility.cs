namespace Latchkey.Core.Clients;

/// <summary>Whose habits a client may follow besides the strict rules.</summary>
public enum Compatibility
{
    /// <summary>Strict.</summary>
    None = 0,

    /// <summary>What Linode's real clients do today.</summary>
    Linode = 1,
}
