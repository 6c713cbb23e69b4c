using System.Net;
using Latchkey.Bench.Operations;

namespace Latchkey.Bench.Servers;

/// <summary>The floor looks at none of this but parses it all: it is as long as what Latchkey gets.</summary>
internal sealed class FloorServer() : BenchServer("floor")
{
    public override async Task<Site> StartAsync()
    {
        var address = ServerProcess.FreeAddress();
        Process = await LaunchAsync(address);
        return new Site
        {
            Address = address,
            ClientId = "0123456789abcdef0123",
            ClientSecret = new string('5', 64),
            ApiId = "3210fedcba9876543210",
            ApiSecret = new string('6', 64),
            RedirectUri = "http://127.0.0.1:9/callback",
            Cookie = "latchkey-login=" + new string('7', 200),
        };
    }

    protected override Task<ServerProcess> LaunchAsync(IPEndPoint address) =>
        ServerProcess.StartAsync(Built("Latchkey.Bench.Floor", "Latchkey.Bench.Floor"), [Data, $"http://{address}"], address);
}
