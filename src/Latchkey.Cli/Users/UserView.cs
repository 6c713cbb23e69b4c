using System.Text.Json.Nodes;
using Latchkey.Cli.Output;
using Latchkey.Storage.Accounts;

namespace Latchkey.Cli.Users;

internal static class UserView
{
    public static JsonObject Json(UserProfile user) => new()
    {
        ["id"] = user.Id.ToString("D"),
        ["uid"] = user.Uid,
        ["username"] = user.UserName,
        ["email"] = user.Email,
        ["admin"] = user.Admin,
        ["disabled"] = user.Disabled,
        ["created"] = user.CreatedAt.Text(),
    };

    public static void Print(Printer printer, IReadOnlyList<UserProfile> users)
    {
        if (printer.IsJson)
        {
            printer.Json(new JsonArray([.. users.Select(Json)]));
            return;
        }

        printer.Table(
            ["Name", "Email", "Admin", "Disabled", "Created"],
            users.Select(u => new[] { u.UserName, u.Email, Words.YesNo(u.Admin), Words.YesNo(u.Disabled), u.CreatedAt.Text() }));
    }

    /// <summary>One user, and the password when it was made for them just now.</summary>
    public static void Print(Printer printer, UserProfile user, NewPassword? password = null)
    {
        var made = password is { Made: true } ? password.Text : null;
        if (printer.IsJson)
        {
            var document = Json(user);
            if (made is not null)
            {
                document["password"] = made;
            }

            printer.Json(document);
            return;
        }

        printer.Facts(
            ("Name", user.UserName), ("Email", user.Email), ("Admin", Words.YesNo(user.Admin)), ("Disabled", Words.YesNo(user.Disabled)));
        if (made is not null)
        {
            printer.Facts(("Password", made + "   (shown this once)"));
        }
    }
}
