using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using Latchkey.Bench.Operations;

namespace Latchkey.Bench.Servers;

/// <summary>oidc-provider on Node.js, which keeps everything in memory: nothing of it outlives its process.</summary>
internal sealed class OidcProviderServer() : BenchServer("oidc-provider")
{
    private static readonly string Folder = Path.Combine(Root(), "bench", "oidc-provider");

    public override async Task<Site> StartAsync()
    {
        await InstallAsync();
        var address = ServerProcess.FreeAddress();
        Process = await LaunchAsync(address);
        var site = new Site
        {
            Address = address,
            ClientId = "bench-app",
            ClientSecret = new string('5', 64),
            ApiId = "bench-api",
            ApiSecret = new string('6', 64),
            RedirectUri = "http://127.0.0.1:9/callback",
            Cookie = "",
        };
        using var browser = new Browser(new Uri($"http://{address}"));
        await browser.LogInAsync(Requests.AuthorizePath(site.ClientId, site.RedirectUri), "", "");
        return site with { Cookie = browser.Cookie };
    }

    protected override Task<ServerProcess> LaunchAsync(IPEndPoint address) =>
        ServerProcess.StartAsync("node", [Path.Combine(Folder, "server.js"), $"http://{address}"], address);

    private static async Task InstallAsync()
    {
        if (Directory.Exists(Path.Combine(Folder, "node_modules")))
        {
            return;
        }

        await Console.Error.WriteLineAsync($"npm ci in {Folder}");
        try
        {
            using var npm = System.Diagnostics.Process.Start(new ProcessStartInfo("npm", ["ci", "--no-audit", "--no-fund"])
            {
                WorkingDirectory = Folder,
                RedirectStandardOutput = true,
            })!;
            await npm.StandardOutput.ReadToEndAsync();
            await npm.WaitForExitAsync();
            if (npm.ExitCode != 0)
            {
                throw new BenchException($"npm ci failed in {Folder}.");
            }
        }
        catch (Win32Exception)
        {
            throw new BenchException("npm is missing: install Node.js, or leave oidc-provider out with --servers.");
        }
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Latchkey.slnx")))
        {
            folder = folder.Parent ?? throw new BenchException("The bench runs inside its repository only.");
        }

        return folder.FullName;
    }
}
