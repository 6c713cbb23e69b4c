using Microsoft.Playwright;

namespace Latchkey.Flows.Tests.InChromium;

/// <summary>Debian's Chromium, started once for the class that uses it.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Path = "/usr/bin/chromium";
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        // A missing browser is a failure with a remedy, not a test left out in silence.
        Assert.True(File.Exists(Path), "Chromium is missing: apt-get install chromium");
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Path,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
    }

    /// <summary>A fresh profile, watched.</summary>
    public async Task<Visit> VisitAsync(BrowserNewContextOptions? options = null) =>
        await Visit.StartAsync(await _browser!.NewContextAsync(options));

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
