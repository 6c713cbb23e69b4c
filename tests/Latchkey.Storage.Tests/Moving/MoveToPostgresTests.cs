using Latchkey.Core.Grants;
using Latchkey.Storage.Moving;
using Latchkey.Storage.Postgres;
using Latchkey.Storage.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Latchkey.Storage.Tests.Moving;

public sealed class MoveToPostgresTests
{
    [Fact]
    public async Task Everything_in_every_table_arrives_as_it_was()
    {
        await using var sqlite = await FullDatabase.CreateAsync();
        await using var postgres = TestStorage.Unprepared(Engine.Postgres);
        var before = await FullDatabase.ReadAsync(sqlite, postgres: false);
        await sqlite.Services.DisposeAsync();

        var result = await MoveAsync(sqlite, postgres);

        Assert.True(result.Alone);
        Assert.Empty(result.Different);
        Assert.All(before, table => Assert.True(table.Value.Count > 0, $"Nothing in {table.Key} to move: fill it in FullDatabase."));
        Assert.Equal(before, await FullDatabase.ReadAsync(postgres, postgres: true));
        Assert.All(result.Tables, t => Assert.Equal(t.Target.Rows, t.Copied));
    }

    [Fact]
    public async Task What_is_moved_is_every_table_and_column_there_is()
    {
        await using var sqlite = await TestStorage.CreateAsync();
        await using var postgres = await TestStorage.CreateAsync(Engine.Postgres);
        await using var here = sqlite.Get<Func<SqliteDbContext>>()();
        await using var there = postgres.Get<Func<PostgresDbContext>>()();

        var moved = MoveTables.Of(here.Model, there.Model).SelectMany(t => t.Columns.Select(c => $"{t.Name}.{c.Name}")).Order(StringComparer.Ordinal).ToList();

        Assert.Equal(
            postgres.Text(
                """
                SELECT (c.relname || '.' || a.attname) COLLATE "C" FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
                    AND c.relname NOT IN ('__EFMigrationsHistory', 'key_ring')
                ORDER BY 1
                """).TrimEnd().Split('\n'),
            moved);
        using var raw = sqlite.OpenRaw();
        using var command = raw.CreateCommand();
        command.CommandText = """
            SELECT group_concat(c, ' ') FROM (
                SELECT t.name || '.' || i.name AS c FROM sqlite_master t JOIN pragma_table_info(t.name) i
                WHERE t.type = 'table' AND t.name NOT IN ('__EFMigrationsHistory', 'sqlite_sequence') ORDER BY 1)
            """;
        Assert.Equal(((string)command.ExecuteScalar()!).Split(' '), moved);
    }

    [Fact]
    public async Task The_keys_open_what_they_sealed_and_lie_in_the_clear_nowhere()
    {
        await using var sqlite = await FullDatabase.CreateAsync();
        await sqlite.TokenKeys.RotateAsync();
        await using var postgres = TestStorage.Unprepared(Engine.Postgres);
        var keys = sqlite.TokenKeys.Load().Select(k => (k.Id, Convert.ToHexString(k.Material.Span)));
        var secret = System.Text.RegularExpressions.Regex.Match(
            await File.ReadAllTextAsync(Directory.EnumerateFiles(sqlite.Keys).First()), "<value>(.+)</value>").Groups[1].Value;
        await sqlite.Services.DisposeAsync();

        await MoveAsync(sqlite, postgres);
        await postgres.Database.PrepareAsync();

        Assert.Equal(keys, postgres.TokenKeys.Load().Select(k => (k.Id, Convert.ToHexString(k.Material.Span))));
        Assert.NotEmpty(secret);
        Assert.DoesNotContain(secret, await postgres.CopyAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_run_brings_what_changed_and_takes_away_what_is_gone()
    {
        await using var sqlite = await FullDatabase.CreateAsync();
        await using var postgres = TestStorage.Unprepared(Engine.Postgres);
        Assert.False((await MoveAsync(sqlite, postgres)).Alone);
        var client = (await sqlite.Clients.ListAsync())[0];
        var grant = await FirstAsync(sqlite.Grants.ListAsync(new() { LivingOnly = true }));
        await sqlite.Grants.ApplyAsync(new GrantWrite.Revoke(grant.Id, RevocationReason.ClientRequest, sqlite.Clock.GetUtcNow()));
        await sqlite.InsertAsync(grant.UserId, client.Id);
        sqlite.Execute("UPDATE users SET normalized_email = CASE normalized_email WHEN 'ADA@EXAMPLE.ORG' THEN 'x' ELSE 'y' END");
        sqlite.Execute("UPDATE users SET normalized_email = CASE normalized_email WHEN 'x' THEN 'BEA@EXAMPLE.ORG' ELSE 'ADA@EXAMPLE.ORG' END");
        sqlite.Execute("DELETE FROM sessions");
        var before = await FullDatabase.ReadAsync(sqlite, postgres: false);
        await sqlite.Services.DisposeAsync();

        var result = await MoveAsync(sqlite, postgres);

        Assert.True(result.Alone);
        Assert.Equal(before, await FullDatabase.ReadAsync(postgres, postgres: true));
        var grants = result.Tables.Single(t => t.Name == "grants");
        Assert.Equal((2, 1), (grants.Copied, grants.Removed));
        Assert.Equal((0, 0), (result.Tables[0].Copied, result.Tables[0].Removed));
    }

    [Fact]
    public async Task Numbers_go_on_after_the_highest_ever_given()
    {
        await using var sqlite = await FullDatabase.CreateAsync();
        var user = (await sqlite.Accounts.ListAsync())[0].Id;
        var last = (await sqlite.PersonalTokens.CreateAsync(FullDatabase.Personal(sqlite, user), "x", new("lkp0123456789abcdef0123456789abcdef")))!;
        sqlite.Execute("DELETE FROM personal_tokens");
        await using var postgres = TestStorage.Unprepared(Engine.Postgres);
        await sqlite.Services.DisposeAsync();

        await MoveAsync(sqlite, postgres);
        await postgres.Database.PrepareAsync();

        var next = (await postgres.PersonalTokens.CreateAsync(FullDatabase.Personal(postgres, user), "y", new("lkp0123456789abcdef0123456789abcdef")))!;
        Assert.Equal(last.Id + 1, next.Id);
        Assert.Equal(3, (await postgres.Accounts.FindAsync(await postgres.AddUserAsync("cleo")))!.Uid);
        Assert.Equal(postgres.Number("SELECT count(*) FROM audit_events"), postgres.Number("SELECT max(id) FROM audit_events"));
    }

    [Fact]
    public async Task A_table_that_does_not_arrive_as_it_was_is_named_and_no_server_starts()
    {
        await using var sqlite = await FullDatabase.CreateAsync();
        await using var postgres = TestStorage.Unprepared(Engine.Postgres);
        await MoveAsync(sqlite, postgres);
        postgres.Execute(
            """
            CREATE FUNCTION meddle() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.label = 'other'; RETURN NEW; END $$;
            CREATE TRIGGER meddle BEFORE INSERT ON ssh_keys FOR EACH ROW EXECUTE FUNCTION meddle();
            DELETE FROM ssh_keys
            """);
        await sqlite.Services.DisposeAsync();

        var result = await MoveAsync(sqlite, postgres);

        Assert.Equal("ssh_keys", Assert.Single(result.Different).Name);
        Assert.Contains("has not finished", (await Assert.ThrowsAsync<StartupException>(() => postgres.Database.PrepareAsync())).Message, StringComparison.Ordinal);
        postgres.Execute("DROP TRIGGER meddle ON ssh_keys");
        Assert.Empty((await MoveAsync(sqlite, postgres)).Different);
        await postgres.Database.PrepareAsync();
    }

    private static async Task<Grant> FirstAsync(IAsyncEnumerable<Grant> grants) => await grants.FirstAsync(g => g.ClientId is not null);

    private static Task<MoveResult> MoveAsync(TestStorage sqlite, TestStorage postgres) =>
        MoveToPostgres.RunAsync(sqlite.DataDirectory, postgres.Get<IOptions<StorageOptions>>().Value, _ => { });
}
