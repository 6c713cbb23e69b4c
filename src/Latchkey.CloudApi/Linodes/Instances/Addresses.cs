using System.Net;

namespace Latchkey.CloudApi.Linodes.Instances;

/// <summary>
/// The addresses of simulated Linodes. They come from ranges that nobody routes (RFC 5737, RFC 2544, RFC 3849), so that an
/// app that connects to one reaches no stranger.
/// </summary>
internal static class Addresses
{
    // The first addresses of 192.0.2.0/24 are the regions' resolvers; .0 and .255 of a documentation range are left alone.
    private static readonly (uint First, int Count)[] Ranges =
    [
        (From("192.0.2.64"), 191),
        (From("198.51.100.1"), 254),
        (From("203.0.113.1"), 254),
        (From("198.18.0.1"), 131_070),
    ];

    public static readonly int Slots = Ranges.Sum(r => r.Count);

    public static string V4(int slot)
    {
        foreach (var (first, count) in Ranges)
        {
            if (slot < count)
            {
                var address = first + (uint)slot;
                return $"{address >> 24}.{(address >> 16) & 255}.{(address >> 8) & 255}.{address & 255}";
            }

            slot -= count;
        }

        throw new ArgumentOutOfRangeException(nameof(slot));
    }

    /// <summary>One address of the region's /64, formed as a network card would form it from the Linode's id.</summary>
    public static string V6(int region, int id) =>
        $"{IPAddress.Parse($"2001:db8:{region + 1:x}:0:f03c:95ff:fe{(id >> 16) & 255:x2}:{id & 0xffff:x}")}/128";

    private static uint From(string address)
    {
        var bytes = IPAddress.Parse(address).GetAddressBytes();
        return ((uint)bytes[0] << 24) | ((uint)bytes[1] << 16) | ((uint)bytes[2] << 8) | bytes[3];
    }
}
