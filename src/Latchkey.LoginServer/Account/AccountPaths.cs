namespace Latchkey.LoginServer.Account;

/// <summary>Where a person's own pages lie.</summary>
internal static class AccountPaths
{
    public const string Overview = "/account";
    public const string Apps = "/account/apps";
    public const string Sessions = "/account/sessions";
    public const string Tokens = "/account/tokens";
    public const string NewToken = "/account/tokens/new";
    public const string Clients = "/account/clients";
    public const string NewClient = "/account/clients/new";
    public const string Password = "/account/password";

    /// <summary>The page whose forms post to this path.</summary>
    public static string SectionOf(PathString path) =>
        Array.Find([Tokens, Clients, Password], section => path.StartsWithSegments(section, StringComparison.Ordinal)) ?? Overview;

    public static string Client(string id) => $"{Clients}/{id}";
}
