using Microsoft.AspNetCore.Http.HttpResults;

namespace InstallOnLinode.Install;

/// <summary>How an order ended, for the browser that placed it.</summary>
internal static class InstallEndpoints
{
    public const string CancelledPath = "/cancelled";

    public static string PageOf(string orderId) => $"/install/{orderId}";

    public static void MapInstall(this WebApplication app)
    {
        app.MapGet("/install/{id}", Show);
        app.MapGet(CancelledPath, () => new RazorComponentResult<CancelledPage> { StatusCode = 400 });
    }

    private static IResult Show(string id, Orders orders, HttpContext context)
    {
        var visitor = Visitor.NameOf(context);
        return orders.OutcomeOf(id, visitor) switch
        {
            Outcome.Installed installed => new RazorComponentResult<InstalledPage>(new { Outcome = installed, Password = orders.TakePassword(id, visitor) }),
            Outcome.InsufficientScopes insufficient => new RazorComponentResult<InsufficientScopesPage>(new { Outcome = insufficient }),
            Outcome.Denied => new RazorComponentResult<DeniedPage>(),
            Outcome.Failed failed => new RazorComponentResult<FailedPage>(new { Outcome = failed }),
            _ => new RazorComponentResult<CancelledPage> { StatusCode = 404 },
        };
    }
}
