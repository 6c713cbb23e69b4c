using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Latchkey.LoginServer.Pages;

/// <summary>Makes answers out of the page components.</summary>
internal static class Page
{
    public static IResult Of<TPage>(int status, params (string Name, object? Value)[] parameters)
        where TPage : IComponent =>
        new PageResult(new RazorComponentResult<TPage>(parameters.ToDictionary(p => p.Name, p => p.Value))
        {
            StatusCode = status,
            PreventStreamingRendering = true,
        });

    public static IResult Of<TPage>(params (string Name, object? Value)[] parameters)
        where TPage : IComponent => Of<TPage>(StatusCodes.Status200OK, parameters);

    /// <summary>Tells the person what is wrong; never redirects.</summary>
    public static IResult Error(
        string title,
        string explanation,
        string? advice,
        int status = StatusCodes.Status400BadRequest,
        string? reference = null,
        string? link = null,
        string? linkText = null) =>
        Of<ErrorPage>(
            status,
            (nameof(ErrorPage.Title), title),
            (nameof(ErrorPage.Explanation), explanation),
            (nameof(ErrorPage.Advice), advice),
            (nameof(ErrorPage.Reference), reference),
            (nameof(ErrorPage.Link), link),
            (nameof(ErrorPage.LinkText), linkText));

    private sealed class PageResult(IResult page) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            // A word to the framework's own script, which these pages do not load.
            httpContext.Response.OnStarting(
                static headers =>
                {
                    ((IHeaderDictionary)headers).Remove("blazor-enhanced-nav");
                    return Task.CompletedTask;
                },
                httpContext.Response.Headers);
            return page.ExecuteAsync(httpContext);
        }
    }
}
