using Latchkey.Flows.Tests.Framework;
using Latchkey.Protocol;

namespace Latchkey.CompatibilityTests;

/// <summary>Clients that others wrote, as npm and Debian hand them out, run against the API unchanged.</summary>
public sealed class InstalledClientTests(Parties parties) : IClassFixture<Parties>
{
    [Fact]
    public async Task The_library_of_Cloud_Manager_does_what_it_is_asked()
    {
        using var browser = Scene.NewBrowser();
        await parties.Scene.LogInAsync(browser, ScopeSet.Parse("linodes:read_only"));

        var steps = await new InstalledClient("node", "npm-library.mjs").RunAsync(Origin, await parties.TokenAsync());

        Assert.Equal(["profile", "account", "tokens", "apps", "oauth clients", "catalogues", "linodes", "errors"], steps);
    }

    [Fact]
    public async Task The_driver_of_Libcloud_does_what_it_is_asked()
    {
        // Debian's own Python: another one on the path does not see Debian's packages.
        var driver = new InstalledClient("/usr/bin/python3", "libcloud-driver.py") { OnWaiting = () => parties.Scene.Clock.Advance(TimeSpan.FromMinutes(1)) };

        var steps = await driver.RunAsync(Origin, await parties.TokenAsync("linodes:read_write"));

        Assert.Equal(["locations", "sizes", "images", "create", "list", "reboot", "destroy", "errors"], steps);
    }

    [Theory]
    [InlineData("npm-library.mjs")]
    [InlineData("libcloud-driver.py")]
    public void The_guide_says_what_is_run_here(string script)
    {
        var quoted = InstalledClient.Quoted(script);

        Assert.NotEmpty(quoted);
        Assert.Contains(quoted, File.ReadAllText(Path.Combine(InstalledClient.Folder("docs"), "guides", "use-linodes-own-clients.md")), StringComparison.Ordinal);
    }

    private string Origin => parties.Api[..^"/v4".Length];
}
