using System.Runtime.CompilerServices;
using Microsoft.Playwright;

namespace Latchkey.Flows.Tests.InChromium;

/// <summary>
/// The pictures of the README, made by the test that walks the journey. A plain run puts them under <c>artifacts/</c>;
/// <c>LATCHKEY_SCREENSHOTS=docs</c> replaces the ones in <c>docs/images</c>.
/// </summary>
internal static class Screenshots
{
    public static async Task TakeAsync(IPage page, string name, [CallerFilePath] string here = "")
    {
        var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../.."));
        var folder = Environment.GetEnvironmentVariable("LATCHKEY_SCREENSHOTS") == "docs"
            ? Path.Combine(root, "docs", "images")
            : Path.Combine(root, "artifacts", "screenshots");

        // The Linode is simulated, but a password has no place in a picture.
        await page.ScreenshotAsync(new PageScreenshotOptions
        {
            Path = Path.Combine(folder, name + ".png"),
            FullPage = true,
            Mask = [page.Locator("dd code").First],
            MaskColor = "#cbd5e1",
        });
    }
}
