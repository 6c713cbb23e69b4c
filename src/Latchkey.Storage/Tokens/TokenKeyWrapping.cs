using System.Buffers.Binary;
using System.Security.Cryptography;
using Latchkey.Core.Tokens;
using Latchkey.Storage.Model;
using Microsoft.AspNetCore.DataProtection;

namespace Latchkey.Storage.Tokens;

/// <summary>Token keys lie in the database only as the Data Protection ring, which lies elsewhere, has sealed them.</summary>
internal sealed class TokenKeyWrapping(IDataProtectionProvider protection, KeyRingWords words)
{
    private const int KeyLength = 32;
    private const uint DataProtectionHeader = 0x09F0C9F0;

    private readonly IDataProtector _protector = protection.CreateProtector("Latchkey.TokenKeys.v1");

    /// <summary>The id of the ring's key that sealed this, which Data Protection writes in front.</summary>
    public static Guid? RingKeyOf(ReadOnlySpan<byte> wrapped) =>
        wrapped.Length > 20 && BinaryPrimitives.ReadUInt32BigEndian(wrapped) == DataProtectionHeader ? new Guid(wrapped[4..20]) : null;

    public TokenKeyRow NewKey(uint id, DateTimeOffset activatedAt)
    {
        var material = RandomNumberGenerator.GetBytes(KeyLength);
        try
        {
            return new TokenKeyRow { Id = id, Wrapped = _protector.Protect(material), ActivatedAt = activatedAt };
        }
        finally
        {
            CryptographicOperations.ZeroMemory(material);
        }
    }

    /// <exception cref="StartupException">The ring is not the one that sealed it.</exception>
    public TokenKey Unwrap(TokenKeyRow row)
    {
        try
        {
            return new TokenKey((uint)row.Id, _protector.Unprotect(row.Wrapped), row.ActivatedAt);
        }
        catch (CryptographicException exception)
        {
            throw new StartupException(words.Wrong, exception);
        }
    }
}
