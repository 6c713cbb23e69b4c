using System.Net;
using Latchkey.CloudApi.Linodes.Instances;

namespace Latchkey.CloudApi.Tests.Linodes.Instances;

public sealed class AddressesTests
{
    private static readonly IPNetwork[] Unrouted =
    [
        IPNetwork.Parse("192.0.2.0/24"), IPNetwork.Parse("198.51.100.0/24"), IPNetwork.Parse("203.0.113.0/24"), IPNetwork.Parse("198.18.0.0/15"),
    ];

    [Fact]
    public void Every_slot_has_an_address_of_its_own_that_nobody_routes()
    {
        var all = Enumerable.Range(0, Addresses.Slots).Select(Addresses.V4).ToList();

        Assert.Equal(all.Count, all.Distinct().Count());
        Assert.All(all.Take(800).Append(all[^1]), a => Assert.Contains(Unrouted, n => n.Contains(IPAddress.Parse(a))));
    }

    [Fact]
    public void A_version_6_address_is_one_of_the_documentation_range() =>
        Assert.True(IPNetwork.Parse("2001:db8::/32").Contains(IPAddress.Parse(Addresses.V6(13, 123_456).Split('/')[0])));
}
