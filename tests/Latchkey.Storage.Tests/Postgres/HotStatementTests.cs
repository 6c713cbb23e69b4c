using Latchkey.Storage.Postgres;

namespace Latchkey.Storage.Tests.Postgres;

/// <summary>
/// Every statement that answers or changes one grant touches one partition, by its key. That is what lets partitions lie on
/// several servers, and a million grants cost what ten do.
/// </summary>
public sealed class HotStatementTests
{
    private const string Id = "'01a2b3c4-0000-7000-8000-000000000000'";

    [Theory]
    [InlineData(PostgresGrantStore.ById, "uuid", Id)]
    [InlineData(PostgresPointReads.GrantWithVersion, "uuid, text", Id + ", 'c'")]
    [InlineData(PostgresGrantStore.Lock, "uuid", Id)]
    [InlineData(PostgresGrantBatch.Redeem, "uuid, timestamptz, timestamptz", Id + ", now(), now()")]
    [InlineData(PostgresGrantBatch.Rotate, "uuid, integer, timestamptz", Id + ", 1, now()")]
    [InlineData(PostgresGrantBatch.Revoke, "uuid, timestamptz, integer", Id + ", now(), 1")]
    [InlineData(PostgresGrantBatch.Forget, "uuid, integer, integer", Id + ", 2, 1")]
    public async Task A_statement_on_a_grant_finds_one_row_of_one_partition_by_its_key(string sql, string types, string values)
    {
        await using var storage = await TestStorage.CreateAsync(Engine.Postgres);

        // As prepared statements are run: one plan for all ids. An empty table would be read from end to end otherwise.
        var plan = storage.Text(
            $"""
            SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; SET enable_bitmapscan = off;
            PREPARE hot ({types}) AS {sql};
            EXPLAIN (COSTS OFF) EXECUTE hot ({values});
            """);

        var scans = plan.Split('\n').Where(l => l.Contains(" on grants", StringComparison.Ordinal) && l.Contains("Scan", StringComparison.Ordinal)).ToList();
        Assert.Matches(@"Index Scan using grants_\d+_pkey on grants_\d+ ", Assert.Single(scans) + " ");
        Assert.Contains("Subplans Removed: 15", plan, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_insert_asks_user_client_and_consent_by_key()
    {
        await using var storage = await TestStorage.CreateAsync(Engine.Postgres);

        var plan = storage.Text(
            $"""
            SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; SET enable_bitmapscan = off;
            PREPARE hot (uuid, text, uuid, text, uuid, text, integer, integer, timestamptz, text, text, text, boolean, timestamptz, timestamptz, timestamptz, timestamptz, integer)
              AS {PostgresGrantBatch.Insert};
            EXPLAIN (COSTS OFF) EXECUTE hot ({Id}, 'c', {Id}, '', null, null, 0, 0, null, null, null, null, true, now(), null, null, null, null);
            """);

        Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
        Assert.Contains("pk_users", plan, StringComparison.Ordinal);
        Assert.Contains("pk_clients", plan, StringComparison.Ordinal);
        Assert.Contains("ix_consents_user_id_client_id", plan, StringComparison.Ordinal);
    }
}
