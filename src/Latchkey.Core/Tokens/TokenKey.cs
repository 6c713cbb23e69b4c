namespace Latchkey.Core.Tokens;

/// <summary>One 256-bit key that seals tokens. A class, so that nothing prints the bytes.</summary>
public sealed class TokenKey(uint id, byte[] material, DateTimeOffset activatedAt)
{
    /// <summary>What a token names its key by.</summary>
    public uint Id => id;

    /// <summary>Seals from here on, until the next key's moment comes.</summary>
    public DateTimeOffset ActivatedAt => activatedAt;

    /// <summary>32 bytes; secret.</summary>
    public ReadOnlyMemory<byte> Material => material;

    public override string ToString() => $"TokenKey({Id})";
}
