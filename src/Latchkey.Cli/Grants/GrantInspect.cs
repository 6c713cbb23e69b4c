using System.CommandLine;
using System.Text.Json.Nodes;
using Latchkey.Cli.Output;
using Latchkey.Core.Grants;
using Latchkey.Core.Tokens;

namespace Latchkey.Cli.Grants;

/// <summary>What a token says and whether it lives, for the operator who was sent one.</summary>
internal static class GrantInspect
{
    private static readonly Argument<string> Token = new("TOKEN")
    {
        Description = "A token or code; - reads it from standard input, where no other user of the machine sees it.",
    };

    public static Command Create() => new Command("inspect", "Tell what a token is and whether it lives.") { Token }.RunsOnData(RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, LatchkeyData data, Printer printer, CancellationToken cancellationToken)
    {
        var text = parsed.GetRequiredValue(Token);
        text = text == "-" ? Console.In.ReadLine()?.Trim() : text;
        if (!data.KeyRing.Current.TryOpen(text, out var token))
        {
            return printer.Refuse("This is not a token that this server made.");
        }

        var grant = await data.Grants.FindAsync(token.GrantId, cancellationToken);
        var document = new JsonObject
        {
            ["active"] = grant is not null && IsAlive(token, grant, data.Clock.GetUtcNow()),
            ["kind"] = token.Kind.Word(),
            ["generation"] = token.Generation,
            ["expires"] = token.ExpiresAt?.Text(),
            ["key"] = KeyRing.KeyOf(text),
            ["scopes"] = (token.Ceiling is { } ceiling ? grant?.Scopes.Intersect(ceiling) : grant?.Scopes)?.ToString(),
            ["grant"] = grant is null ? null : await new GrantView(data).JsonAsync(grant, cancellationToken),
        };
        Print(printer, document);
        return 0;
    }

    private static bool IsAlive(TokenContent token, Grant grant, DateTimeOffset now) => token.Kind switch
    {
        TokenKind.AuthorizationCode => grant.State == GrantState.Pending && !token.IsExpired(now),
        TokenKind.Refresh => grant is { State: GrantState.Active, Refreshable: true }
            && token.Generation == grant.Generation && !token.IsExpired(now) && !(grant.ExpiresAt <= now),
        _ => Introspection.IsAlive(token, grant, now),
    };

    private static void Print(Printer printer, JsonObject document)
    {
        if (printer.IsJson)
        {
            printer.Json(document);
            return;
        }

        var grant = document["grant"];
        printer.Facts(
            ("Kind", document["kind"]!.GetValue<string>()),
            ("Alive", Words.YesNo(document["active"]!.GetValue<bool>())),
            ("Expires", document["expires"]?.GetValue<string>()),
            ("Sealed by key", document["key"]?.ToString()),
            ("Scopes", document["scopes"]?.GetValue<string>()),
            ("Grant", grant?["id"]?.GetValue<string>()),
            ("State", grant?["state"]?.GetValue<string>()),
            ("Revoked why", grant?["revoked_why"]?.GetValue<string>()),
            ("User", grant?["username"]?.GetValue<string>()),
            ("Client", grant?["client_id"]?.GetValue<string>()));
    }
}
