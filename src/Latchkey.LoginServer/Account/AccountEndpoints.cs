using Latchkey.LoginServer.Account.Apps;
using Latchkey.LoginServer.Account.Sessions;
using Latchkey.LoginServer.Security;

namespace Latchkey.LoginServer.Account;

/// <summary>A person's own pages. Each needs a login, and each form a token that only its page could give it.</summary>
internal static class AccountEndpoints
{
    public static IServiceCollection AddAccountPages(this IServiceCollection services)
    {
        services.AddOptions<AccountOptions>();
        services.AddSingleton<OverviewEndpoint>();
        services.AddSingleton<WithdrawEndpoint>();
        services.AddSingleton<SessionsEndpoint>();
        return services;
    }

    public static void MapAccountPages(this IEndpointRouteBuilder endpoints)
    {
        // Outermost, so that no page or form can forget it.
        var pages = endpoints.MapGroup("").AddEndpointFilter<RequireLogin>();
        var forms = pages.MapGroup("").AddEndpointFilter<FormGuard>();

        pages.MapGet(AccountPaths.Overview, (HttpContext context, OverviewEndpoint overview) => overview.ShowAsync(context));
        forms.MapPost(AccountPaths.Apps + "/{id:int}/withdraw", (HttpContext context, int id, WithdrawEndpoint apps) => apps.WithdrawAsync(context, id));
        forms.MapPost(AccountPaths.Sessions + "/{id:guid}/end", (HttpContext context, Guid id, SessionsEndpoint sessions) => sessions.EndAsync(context, id));
        forms.MapPost(AccountPaths.Sessions + "/end-others", (HttpContext context, SessionsEndpoint sessions) => sessions.EndOthersAsync(context));
    }
}
