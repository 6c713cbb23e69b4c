using System.Net;
using System.Net.Sockets;

namespace Latchkey.LoginServer.Security;

/// <summary>Whom a limit by address counts: one IPv6 customer has 2^64 addresses, so their network, and not the address.</summary>
internal static class PeerNetwork
{
    /// <summary>An IPv4 address as it is written, also one that came as IPv6; of any other IPv6 address the first 64 bits.</summary>
    public static string Of(IPAddress? peer)
    {
        var address = peer ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : address.ToString();
    }
}
