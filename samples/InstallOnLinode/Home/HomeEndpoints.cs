using InstallOnLinode.Install;
using InstallOnLinode.Login;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace InstallOnLinode.Home;

/// <summary>The first page: choose, then log in with Linode.</summary>
internal static class HomeEndpoints
{
    public static void MapHome(this WebApplication app)
    {
        app.MapGet("/", ShowAsync);
        app.MapPost("/", OrderAsync);
    }

    private static async Task<IResult> ShowAsync(Storefront storefront, CancellationToken cancellationToken) =>
        await storefront.ReadAsync(cancellationToken) is { } choices ? Page(choices, OrderForm.New(choices)) : Closed();

    // The [FromForm] parameter also makes the framework check the antiforgery token.
    private static async Task<IResult> OrderAsync(
        [FromForm] IFormCollection sent, Storefront storefront, Orders orders, HttpContext context, CancellationToken cancellationToken)
    {
        if (await storefront.ReadAsync(cancellationToken) is not { } choices)
        {
            return Closed();
        }

        var form = OrderForm.Read(sent, choices);
        return form.Problems.Count > 0
            ? Page(choices, form)
            : LogInWithLinode.Challenge(orders.Add(form.ToOrder(choices), Visitor.Of(context)));
    }

    private static RazorComponentResult<HomePage> Page(Choices choices, OrderForm form) =>
        new(new { Choices = choices, Form = form }) { StatusCode = form.Problems.Count > 0 ? 422 : 200 };

    private static RazorComponentResult<ClosedPage> Closed() => new() { StatusCode = 503 };
}
