using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Latchkey.Cli.Output;
using Latchkey.Core.Grants;
using Latchkey.Storage.Audit;

namespace Latchkey.Cli.Grants;

internal static class GrantRevoke
{
    private static readonly Argument<string?> Id = new("GRANT")
    {
        Description = "The grant's id, as grant list shows it.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> IssuedBefore = new("--issued-before")
    {
        Description = "Instead of one: every grant issued before this moment, and every login session begun before it. For after a restore.",
        HelpName = "UTC",
    };

    // RFC 3339 in UTC. A day alone would leave open which of its moments is meant.
    private static readonly string[] Moments = ["yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFF'Z'"];

    public static Command Create() =>
        new Command("revoke", "End a grant: every token of it is dead at once.") { Id, IssuedBefore }.RunsOnData(RunAsync);

    private static Task<int> RunAsync(ParseResult parsed, LatchkeyData data, Printer printer, CancellationToken cancellationToken) =>
        (parsed.GetValue(Id), parsed.GetValue(IssuedBefore)) switch
        {
            ({ } id, null) => RevokeAsync(id, data, printer, cancellationToken),
            (null, { } moment) => RecallAsync(moment, data, printer, cancellationToken),
            _ => Task.FromResult(printer.Misused("Name one grant, or --issued-before a moment.")),
        };

    private static async Task<int> RecallAsync(string text, LatchkeyData data, Printer printer, CancellationToken cancellationToken)
    {
        if (!DateTimeOffset.TryParseExact(text, Moments, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
        {
            return printer.Misused("--issued-before is a moment in UTC, such as 2026-01-31T12:00:00Z.");
        }

        if (moment > data.Clock.GetUtcNow())
        {
            return printer.Misused("--issued-before lies in the future: what is issued until then could not be found yet.");
        }

        var recalled = await data.Recall.RecallAsync(moment, cancellationToken);
        if (printer.IsJson)
        {
            printer.Json(new JsonObject { ["grants_revoked"] = recalled.Grants, ["sessions_ended"] = recalled.Sessions });
        }
        else
        {
            printer.Line($"Of before {moment.Text()}: {recalled.Grants} grants revoked, {recalled.Sessions} login sessions ended.");
        }

        return 0;
    }

    private static async Task<int> RevokeAsync(string text, LatchkeyData data, Printer printer, CancellationToken cancellationToken)
    {
        if (!Guid.TryParseExact(text, "D", out var id) || await data.Grants.FindAsync(id, cancellationToken) is not { } grant)
        {
            return printer.Refuse($"There is no grant {text}.");
        }

        await EndAsync(data, grant, cancellationToken);

        var view = new GrantView(data);
        var revoked = await data.Grants.FindAsync(id, cancellationToken) ?? grant;
        if (printer.IsJson)
        {
            printer.Json(await view.JsonAsync(revoked, cancellationToken));
        }
        else
        {
            printer.Line($"Revoked {id:D}.");
        }

        return 0;
    }

    private static async Task EndAsync(LatchkeyData data, Grant grant, CancellationToken cancellationToken)
    {
        // With its line in one transaction: its owner's list must not show a token that no longer works.
        if (grant.ClientId is null
            && (await data.PersonalTokens.ListAsync(grant.UserId, cancellationToken)).FirstOrDefault(t => t.GrantId == grant.Id) is { } token
            && await data.PersonalTokens.RevokeAsync(token.Id, cancellationToken))
        {
            return;
        }

        // False: it was revoked already, which is what was asked for.
        var now = data.Clock.GetUtcNow();
        await data.Grants.ApplyAsync(
            new GrantWrite.Revoke(grant.Id, RevocationReason.Administrator, now),
            new AuditEvent { Time = now, Kind = AuditKinds.GrantRevoked, UserId = grant.UserId, ClientId = grant.ClientId, GrantId = grant.Id },
            cancellationToken);
    }
}
