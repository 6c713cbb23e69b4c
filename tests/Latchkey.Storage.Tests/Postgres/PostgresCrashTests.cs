using System.Collections.Concurrent;
using Latchkey.Core.Grants;

namespace Latchkey.Storage.Tests.Postgres;

public sealed class PostgresCrashTests
{
    [Fact, Spec("RV-07")]
    public async Task What_was_acknowledged_survives_a_crash_of_the_database_and_what_was_not_may_be_asked_again()
    {
        using var cluster = PostgresCluster.Start();
        await using var storage = await TestStorage.CreateAsync(cluster);
        var (user, client) = (await storage.AddUserAsync(), (await storage.AddClientAsync()).Id);
        var grants = new List<Grant>();
        for (var i = 0; i < 200; i++)
        {
            grants.Add(await storage.InsertAsync(user, client));
        }

        var acknowledged = new ConcurrentBag<Guid>();
        var some = new TaskCompletionSource();
        async Task RevokeAsync(Grant grant)
        {
            Assert.True(await storage.Grants.ApplyAsync(new GrantWrite.Revoke(grant.Id, RevocationReason.ClientRequest, storage.Clock.GetUtcNow())));
            acknowledged.Add(grant.Id);
            if (acknowledged.Count >= 20)
            {
                some.TrySetResult();
            }
        }

        // Four at a time, so that the crash meets some before their commit and some between commit and answer.
        var revocations = Parallel.ForEachAsync(grants, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (grant, _) => await RevokeAsync(grant));
        await some.Task;
        cluster.Crash();

        await Assert.ThrowsAsync<StorageUnavailableException>(() => revocations);
        await Assert.ThrowsAsync<StorageUnavailableException>(async () => await storage.Grants.FindAsync(grants[0].Id));
        cluster.Recover();

        Assert.InRange(acknowledged.Count, 20, grants.Count - 1);
        foreach (var id in acknowledged)
        {
            Assert.Equal(GrantState.Revoked, (await storage.ReadAsync(id)).State);
        }

        foreach (var grant in grants)
        {
            await storage.Grants.ApplyAsync(new GrantWrite.Revoke(grant.Id, RevocationReason.ClientRequest, storage.Clock.GetUtcNow()));
            Assert.Equal(GrantState.Revoked, (await storage.ReadAsync(grant.Id)).State);
        }
    }
}
