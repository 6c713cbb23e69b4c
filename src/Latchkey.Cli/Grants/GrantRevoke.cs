using System.CommandLine;
using Latchkey.Cli.Output;
using Latchkey.Core.Grants;
using Latchkey.Storage.Audit;

namespace Latchkey.Cli.Grants;

internal static class GrantRevoke
{
    private static readonly Argument<string> Id = new("GRANT") { Description = "The grant's id, as grant list shows it." };

    public static Command Create() => new Command("revoke", "End a grant: every token of it is dead at once.") { Id }.RunsOnData(RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, LatchkeyData data, Printer printer, CancellationToken cancellationToken)
    {
        var text = parsed.GetRequiredValue(Id);
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
