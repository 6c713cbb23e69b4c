using Microsoft.AspNetCore.Http.HttpResults;

namespace InstallOnLinode.Layout;

/// <summary>What every page needs: its style sheet and icon, and the page for when something broke.</summary>
internal static class LayoutEndpoints
{
    public static void MapLayout(this WebApplication app)
    {
        app.MapGet("/site.css", () => Embedded("site.css", "text/css; charset=utf-8"));
        app.MapGet("/icon.svg", () => Embedded("icon.svg", "image/svg+xml"));
        app.Map("/sorry", () => new RazorComponentResult<SorryPage> { StatusCode = 500 }).DisableAntiforgery();
        app.MapFallback(() => new RazorComponentResult<NotFoundPage> { StatusCode = 404 });
    }

    private static FileStreamHttpResult Embedded(string name, string type) =>
        TypedResults.Stream(typeof(LayoutEndpoints).Assembly.GetManifestResourceStream(name)!, type);
}
