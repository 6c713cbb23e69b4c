namespace Latchkey.Faults.Tests.Postgres;

/// <summary>
/// Holds what the servers say after a fault against what the apps were told before it: I1 no code or refresh token counts twice,
/// I2 no acknowledged revocation is lost, I3 no grant lives that no app was given, I4 both nodes say the same.
/// </summary>
internal static class Ledger
{
    private static readonly ParallelOptions Some = new() { MaxDegreeOfParallelism = 4 };

    /// <param name="countLiving">How many grants the database calls active.</param>
    public static async Task CheckAsync(TwoNodes nodes, Traffic traffic, Func<int> countLiving)
    {
        await nodes.ReadyAsync(0);
        await nodes.ReadyAsync(1);
        Assert.True(traffic.Wrong.Count == 0, string.Join('\n', traffic.Wrong.Take(5)));

        var alive = traffic.Entries.Count(e => e.Standing == Standing.Alive);
        Assert.True(alive > 0, "Nothing was left to be lost.");
        Assert.Contains(traffic.Entries, e => e.Standing == Standing.Dead);
        // What is unknown may live; nothing else may that no app was given.
        Assert.InRange(countLiving(), alive, alive + traffic.Entries.Count(e => e.Standing == Standing.Unknown));

        await Parallel.ForEachAsync(traffic.Entries, Some, async (entry, _) =>
        {
            var says = await SameAsync(nodes, entry);
            switch (entry.Standing)
            {
                case Standing.Dead:
                    Assert.DoesNotContain(true, says);
                    foreach (var token in entry.Refresh)
                    {
                        Refused(await nodes.RefreshAsync(token), "A revoked grant's refresh token counts.");
                    }

                    break;
                case Standing.Alive:
                    Assert.DoesNotContain(false, says);
                    await StillRotatesAsync(nodes, entry);
                    break;
            }
        });
    }

    /// <summary>What each node says of each access token of the grant.</summary>
    private static async Task<List<bool>> SameAsync(TwoNodes nodes, LedgerEntry entry)
    {
        var says = new List<bool>();
        foreach (var token in entry.Access)
        {
            var (first, second) = (await nodes.IntrospectAsync(token, 0), await nodes.IntrospectAsync(token, 1));
            Assert.True(first.IsOk && second.IsOk, $"{first}, {second}");
            Assert.True(first.IsActive == second.IsActive, "The nodes disagree about a token.");
            says.Add(first.IsActive);
        }

        return says;
    }

    private static async Task StillRotatesAsync(TwoNodes nodes, LedgerEntry entry)
    {
        var next = await nodes.RefreshAsync(entry.Refresh[^1]);
        if (entry.DoubtfulSince is not null && next.IsRefusal)
        {
            // It was rotated when the answer got lost, and that is too long ago.
            Assert.All(await SameAsync(nodes, entry), Assert.False);
            return;
        }

        Assert.True(next.IsOk, $"The last refresh token that an app was given does not count: {next} {next.Body}");
        Assert.True((await nodes.IntrospectAsync(next.Access, 1 - next.Node)).IsActive, "The other node does not know the next token.");
        if (entry.Number % 2 == 0)
        {
            Refused(await nodes.RedeemAsync(entry.Authorization), "A code counts twice.");
        }
        else if (entry.Refresh.Count > 1)
        {
            // Two rotations ago: no retry of anybody.
            Refused(await nodes.RefreshAsync(entry.Refresh[^2]), "A refresh token counts twice.");
            Assert.All(await SameAsync(nodes, entry), Assert.False);
        }
    }

    private static void Refused(Answer answer, string what) => Assert.True(answer.IsRefusal, $"{what} {answer}");
}
