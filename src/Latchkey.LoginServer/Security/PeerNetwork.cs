using System.Buffers.Binary;
using System.Net;

namespace Latchkey.LoginServer.Security;

/// <summary>Whom a limit by address counts: one IPv6 customer has 2^64 addresses, so their network, and not the address.</summary>
internal static class PeerNetwork
{
    /// <summary>The address, or of IPv6 its first 64 bits; zero for none. No network of IPv6 reads as an IPv4 address.</summary>
    public static ulong Of(IPAddress? peer)
    {
        Span<byte> bytes = stackalloc byte[16];
        return peer is null || !peer.TryWriteBytes(bytes, out var length) ? 0
            : length == 4 ? BinaryPrimitives.ReadUInt32BigEndian(bytes)
            : peer.IsIPv4MappedToIPv6 ? BinaryPrimitives.ReadUInt32BigEndian(bytes[12..])
            : BinaryPrimitives.ReadUInt64BigEndian(bytes);
    }
}
