using Latchkey.LoginServer.Accounts;
using Latchkey.LoginServer.Pages;

namespace Latchkey.LoginServer.Account;

/// <summary>Sends a stranger to the login page, and from there back to the page they wanted.</summary>
internal sealed class RequireLogin : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (LoginSession.Of(http.User) is not null)
        {
            return await next(context);
        }

        // What was posted is gone, which must not look done; and the login must not lead to an address that only takes forms.
        var isForm = !HttpMethods.IsGet(http.Request.Method);
        var wanted = isForm ? AccountPaths.SectionOf(http.Request.Path) : http.Request.Path.Value!;
        return new SeeOther($"/login?{LoginEndpoint.ReturnUrl}={Uri.EscapeDataString(wanted)}{(isForm ? $"&{LoginEndpoint.Undone}=true" : "")}");
    }
}
