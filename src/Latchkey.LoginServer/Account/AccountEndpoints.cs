using Latchkey.LoginServer.Account.Apps;
using Latchkey.LoginServer.Account.Clients;
using Latchkey.LoginServer.Account.Passwords;
using Latchkey.LoginServer.Account.Sessions;
using Latchkey.LoginServer.Account.Tokens;
using Latchkey.LoginServer.PersonalTokens;
using Latchkey.LoginServer.Security;
using Microsoft.Extensions.DependencyInjection.Extensions;

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
        services.TryAddSingleton<PersonalTokenIssuing>();
        services.AddSingleton<TokensEndpoint>();
        services.AddSingleton<OwnClients>();
        services.AddSingleton<ClientsEndpoint>();
        services.AddScoped<PasswordEndpoint>();
        return services;
    }

    public static void MapAccountPages(this IEndpointRouteBuilder endpoints)
    {
        // Outermost, so that no page or form can forget it.
        var pages = endpoints.MapGroup("").AddEndpointFilter<RequireLogin>();
        var forms = pages.MapGroup("").AddEndpointFilter<FormGuard>();

        pages.MapGet(AccountPaths.Overview, (HttpContext context, OverviewEndpoint overview) => overview.ShowAsync(context));
        MapAccess(forms);
        MapTokens(pages, forms);
        MapClients(pages, forms);
        pages.MapGet(AccountPaths.Password, PasswordEndpoint.Show);
        forms.MapPost(AccountPaths.Password, (HttpContext context, PasswordEndpoint password) => password.ChangeAsync(context));
    }

    private static void MapAccess(RouteGroupBuilder forms)
    {
        forms.MapPost(AccountPaths.Apps + "/{id:int}/withdraw", (HttpContext context, int id, WithdrawEndpoint apps) => apps.WithdrawAsync(context, id));
        forms.MapPost(AccountPaths.Sessions + "/{id:guid}/end", (HttpContext context, Guid id, SessionsEndpoint sessions) => sessions.EndAsync(context, id));
        forms.MapPost(AccountPaths.Sessions + "/end-others", (HttpContext context, SessionsEndpoint sessions) => sessions.EndOthersAsync(context));
    }

    private static void MapTokens(RouteGroupBuilder pages, RouteGroupBuilder forms)
    {
        pages.MapGet(AccountPaths.Tokens, (HttpContext context, TokensEndpoint tokens) => tokens.ShowAsync(context));
        pages.MapGet(AccountPaths.NewToken, TokensEndpoint.ShowForm);
        forms.MapPost(AccountPaths.Tokens, (HttpContext context, TokensEndpoint tokens) => tokens.CreateAsync(context));
        forms.MapPost(AccountPaths.Tokens + "/{id:int}/revoke", (HttpContext context, int id, TokensEndpoint tokens) => tokens.RevokeAsync(context, id));
    }

    private static void MapClients(RouteGroupBuilder pages, RouteGroupBuilder forms)
    {
        pages.MapGet(AccountPaths.Clients, (HttpContext context, ClientsEndpoint clients) => clients.ShowAsync(context));
        pages.MapGet(AccountPaths.NewClient, ClientsEndpoint.ShowForm);
        pages.MapGet(AccountPaths.Clients + "/{id}", (HttpContext context, string id, ClientsEndpoint clients) => clients.ShowOneAsync(context, id));
        forms.MapPost(AccountPaths.Clients, (HttpContext context, ClientsEndpoint clients) => clients.RegisterAsync(context));
        forms.MapPost(AccountPaths.Clients + "/{id}", (HttpContext context, string id, ClientsEndpoint clients) => clients.EditAsync(context, id));
        forms.MapPost(AccountPaths.Clients + "/{id}/reset-secret", (HttpContext context, string id, ClientsEndpoint clients) => clients.ResetSecretAsync(context, id));
        forms.MapPost(AccountPaths.Clients + "/{id}/delete", (HttpContext context, string id, ClientsEndpoint clients) => clients.DeleteAsync(context, id));
    }
}
