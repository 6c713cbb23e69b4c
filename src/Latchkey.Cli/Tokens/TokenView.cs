using System.Text.Json.Nodes;
using Latchkey.Cli.Output;
using Latchkey.Protocol;
using Latchkey.Storage.PersonalTokens;

namespace Latchkey.Cli.Tokens;

/// <summary>Shows tokens by their first characters; whole, the one that was made just now.</summary>
internal static class TokenView
{
    public static JsonObject Json(PersonalToken token, string? userName) => new()
    {
        ["id"] = token.Id,
        ["username"] = userName,
        ["label"] = token.Label,
        ["token_start"] = token.FirstCharacters,
        ["scopes"] = token.Scopes.ToString(),
        ["created"] = token.CreatedAt.Text(),
        ["expires"] = token.ExpiresAt?.Text(),
    };

    public static string[] Row(PersonalToken token, string? userName) =>
    [
        token.Id.ToString(),
        userName ?? "(deleted)",
        token.Label,
        token.FirstCharacters,
        token.Scopes.ToString(),
        token.CreatedAt.Text(),
        token.ExpiresAt?.Text() ?? "never",
    ];

    public static void Print(Printer printer, PersonalToken made, string userName, PersonalAccessToken token)
    {
        if (printer.IsJson)
        {
            var document = Json(made, userName);
            document.Insert(1, "token", token.Reveal());
            printer.Json(document);
            return;
        }

        printer.Facts(
            ("Id", made.Id.ToString()),
            ("Token", token.Reveal() + "   (shown this once)"),
            ("User", userName),
            ("Label", made.Label),
            ("Scopes", made.Scopes.ToString()),
            ("Expires", made.ExpiresAt?.Text() ?? "never"));
    }
}
