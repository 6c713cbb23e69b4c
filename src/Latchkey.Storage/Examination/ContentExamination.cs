using Latchkey.Core.Clients;
using Latchkey.Storage.Clients;
using Latchkey.Storage.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Storage.Examination;

/// <summary>What can be asked of a database of this version, whichever it is.</summary>
internal static class ContentExamination
{
    // More than nodes that keep time differ by, and more than a request takes.
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(1);

    public static async Task RunAsync(IServiceProvider services, Findings findings, CancellationToken cancellationToken)
    {
        await DurabilityAsync(services.GetRequiredService<Database>(), findings, cancellationToken);
        await using var db = services.GetRequiredService<Func<LatchkeyDbContext>>()();
        await ClockAsync(db, services.GetRequiredService<TimeProvider>(), findings, cancellationToken);
        await UsersAsync(db, findings, cancellationToken);
        Clients(await services.GetRequiredService<ClientStore>().ListAsync(cancellationToken: cancellationToken), findings);
    }

    private static async Task DurabilityAsync(Database database, Findings findings, CancellationToken cancellationToken)
    {
        var warnings = await database.DurabilityWarningsAsync(cancellationToken);
        foreach (var warning in warnings)
        {
            findings.Doubtful("durability", warning);
        }

        if (warnings.Count == 0)
        {
            findings.Right("durability", "What was answered is on the disk before it is answered.");
        }
    }

    // Tokens, codes and sessions end by the clock: one that went back lets them live longer than anybody agreed to.
    private static async Task ClockAsync(LatchkeyDbContext db, TimeProvider clock, Findings findings, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var newest = await db.AuditEvents.OrderByDescending(e => e.Id).Select(e => (DateTimeOffset?)e.Time).FirstOrDefaultAsync(cancellationToken);
        if (newest > now + Ahead)
        {
            findings.Wrong(
                "clock", $"This machine says it is {Text(now)}, but the newest entry of the audit log is of {Text(newest.Value)}. Set the clock (timedatectl), or find what set it wrong.");
        }
        else
        {
            findings.Right("clock", $"{Text(now)}, and nothing in the audit log is later.");
        }
    }

    private static async Task UsersAsync(LatchkeyDbContext db, Findings findings, CancellationToken cancellationToken)
    {
        var users = await db.Users.CountAsync(cancellationToken);
        findings.Right("users", users == 0 ? "None yet. Add one: latchkey user add NAME --email E" : $"{users}.");
    }

    private static void Clients(IReadOnlyList<Client> clients, Findings findings)
    {
        foreach (var client in clients.Where(c => c.IsActive))
        {
            foreach (var uri in client.RedirectUris)
            {
                // The rules may have become stricter since it was registered, or somebody wrote it past them.
                if (RedirectUriRules.Problem(uri) is { } problem)
                {
                    findings.Doubtful("client", $"{client.Id} ({client.Label}) has the redirect URI {uri}, which could not be registered today: {problem}");
                }
            }
        }

        findings.Right("clients", clients.Count == 0 ? "None yet. Add one: latchkey client add --label L --redirect-uri U" : $"{clients.Count}.");
    }

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");
}
