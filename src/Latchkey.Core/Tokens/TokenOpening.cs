namespace Latchkey.Core.Tokens;

/// <summary>What opening a token found.</summary>
public enum TokenOpening
{
    /// <summary>Not a token, or one this server did not seal.</summary>
    Malformed,

    /// <summary>Shaped like a token, naming a key the ring does not hold: perhaps another process has just rotated.</summary>
    UnknownKey,

    /// <summary>Proven.</summary>
    Opened,
}
