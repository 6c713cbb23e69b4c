using Latchkey.Storage.Audit;
using Latchkey.Storage.Model;
using Latchkey.Storage.Tests.Audit;
using Microsoft.EntityFrameworkCore;

namespace Latchkey.Storage.Tests.Sqlite;

/// <summary>The contract, and how SQLite finds the events.</summary>
public sealed class SqliteUserEventStoreTests() : UserEventStoreContract(Engine.Sqlite)
{
    [Fact]
    public async Task Finding_them_does_not_read_the_log_and_grants_do_not_pay_for_it()
    {
        await using var storage = await TestStorage.CreateAsync();
        var user = await storage.AddUserAsync();
        var client = await storage.AddClientAsync();
        var grant = storage.NewGrant(user, client.Id);
        Assert.True(await storage.Grants.ApplyAsync(
            new Core.Grants.GrantWrite.Insert(grant), new AuditEvent { Time = storage.Clock.GetUtcNow(), Kind = AuditKinds.GrantIssued, ActorId = user }));

        await using var db = storage.Get<Func<LatchkeyDbContext>>()();
        var plans = UserEventStore.Queries(db, user, Kinds, storage.Clock.GetUtcNow()).Select(q => Plan(storage, q)).ToList();
        Assert.Contains("SEARCH audit_events USING INDEX ix_audit_events_actor_id", plans[0], StringComparison.Ordinal);
        Assert.Contains("SEARCH audit_events USING INDEX ix_audit_events_user_id", plans[1], StringComparison.Ordinal);
        Assert.All(plans, p => Assert.DoesNotContain("TEMP B-TREE", p, StringComparison.Ordinal));
        Assert.Equal(1, storage.Number("SELECT count(*) FROM audit_events WHERE kind = 'grant.issued'"));
        Assert.Equal(0, storage.Number($"SELECT count(*) FROM audit_events INDEXED BY ix_audit_events_actor_id WHERE actor_id IS NOT NULL AND {AuditLog.NotOfAGrant}"));
    }

    private static string Plan(TestStorage storage, IQueryable<AuditEvent> query)
    {
        using var connection = storage.OpenRaw();
        using var command = connection.CreateCommand();
        var lines = query.ToQueryString().Split('\n', StringSplitOptions.TrimEntries);
#pragma warning disable CA2100 // The store's own query.
        command.CommandText = "EXPLAIN QUERY PLAN " + string.Join('\n', lines.Where(l => !l.StartsWith(".param", StringComparison.Ordinal)));
#pragma warning restore CA2100
        foreach (var parameter in lines.Where(l => l.StartsWith(".param", StringComparison.Ordinal)))
        {
            command.Parameters.AddWithValue(parameter.Split(' ')[2], 1);
        }

        using var reader = command.ExecuteReader();
        var steps = new List<string>();
        while (reader.Read())
        {
            steps.Add(reader.GetString(3));
        }

        return string.Join('\n', steps);
    }
}
