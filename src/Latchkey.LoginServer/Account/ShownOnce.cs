using Latchkey.LoginServer.Pages;
using Latchkey.Protocol;

namespace Latchkey.LoginServer.Account;

/// <summary>The answers that hold a secret.</summary>
internal static class ShownOnce
{
    public static IResult Token(PersonalAccessToken token) => Show("Your new token", AccountPaths.Tokens, "Token", token, null, AccountPaths.Tokens);

    public static IResult ClientSecret(string title, string clientId, ClientSecret secret) =>
        Show(title, AccountPaths.Clients, "Client secret", secret, clientId, AccountPaths.Client(clientId));

    private static IResult Show(string title, string section, string kind, Secret secret, string? id, string next) => Page.Of<ShownOncePage>(
        (nameof(ShownOncePage.Title), title),
        (nameof(ShownOncePage.Section), section),
        (nameof(ShownOncePage.Kind), kind),
        (nameof(ShownOncePage.Secret), secret),
        (nameof(ShownOncePage.Id), id),
        (nameof(ShownOncePage.Next), next));
}
