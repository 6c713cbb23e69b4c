using System.Net;
using Latchkey.Bench.Operations;

namespace Latchkey.Bench.Servers;

/// <summary>OpenIddict in one of the two settings that Latchkey.Bench.OpenIddict knows.</summary>
internal sealed class OpenIddictServer(bool fast) : BenchServer(fast ? "OpenIddict, fast" : "OpenIddict")
{
    public override async Task<Site> StartAsync()
    {
        var address = ServerProcess.FreeAddress();
        Process = await LaunchAsync(address);
        var site = new Site
        {
            Address = address,
            ClientId = "bench-app",
            ClientSecret = fast ? null : new string('5', 64),
            ApiId = "bench-api",
            ApiSecret = fast ? null : new string('6', 64),
            RedirectUri = "http://127.0.0.1:9/callback",
            Cookie = "",
            TokenAnswerTellsScope = false,
            // It tells a public client no more than that the token lives.
            IntrospectionTellsScope = !fast,
        };
        using var browser = new Browser(new Uri($"http://{address}"));
        await browser.LogInAsync(Requests.AuthorizePath(site.ClientId, site.RedirectUri), "", "");
        return site with { Cookie = browser.Cookie };
    }

    protected override Task<ServerProcess> LaunchAsync(IPEndPoint address) => ServerProcess.StartAsync(
        Built("Latchkey.Bench.OpenIddict", "Latchkey.Bench.OpenIddict"), [fast ? "fast" : "documented", Data, $"http://{address}"], address);
}
