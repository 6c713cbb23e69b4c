using Latchkey.Core.Grants;
using Latchkey.Storage.Postgres;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Latchkey.Storage.Tests.Postgres;

/// <summary>Whether a database may be used: what a start makes, and what it refuses without changing anything.</summary>
public sealed class PostgresDatabaseTests
{
    private const string TokenKeys = "SELECT count(*) FROM token_keys";
    private const string RingKeys = "SELECT count(*) FROM key_ring";

    [Fact]
    public async Task Preparing_again_keeps_keys_and_data()
    {
        await using var storage = await TestStorage.CreateAsync(Engine.Postgres);
        var user = await storage.AddUserAsync();
        var key = Assert.Single(storage.TokenKeys.Load());
        await using var again = storage.Another();

        await again.Database.PrepareAsync();

        Assert.Equal(key.Material.ToArray(), Assert.Single(again.TokenKeys.Load()).Material.ToArray());
        Assert.NotNull(await again.Accounts.FindAsync(user));
        Assert.Equal(1, storage.Number(RingKeys));
    }

    [Fact]
    public async Task Several_nodes_may_start_at_once_on_an_empty_database()
    {
        await using var first = TestStorage.Unprepared(Engine.Postgres);
        await using var second = first.Another();
        await using var third = first.Another();

        await Task.WhenAll(first.Database.PrepareAsync(), second.Database.PrepareAsync(), third.Database.PrepareAsync());

        Assert.Equal(1, first.Number(TokenKeys));
        Assert.Equal(1, first.Number(RingKeys));
        Assert.Equal(second.TokenKeys.Load()[0].Material.ToArray(), third.TokenKeys.Load()[0].Material.ToArray());
    }

    [Fact]
    public async Task A_start_that_was_killed_between_schema_and_keys_is_gone_on_with()
    {
        await using var storage = await TestStorage.CreateAsync(Engine.Postgres);
        storage.Execute("DELETE FROM token_keys; DELETE FROM key_ring");
        await using var again = storage.Another();

        await again.Database.PrepareAsync();

        Assert.Single(again.TokenKeys.Load());
    }

    [Fact]
    public async Task The_list_of_migrations_and_the_model_are_those_of_entity_framework()
    {
        await using var storage = await TestStorage.CreateAsync(Engine.Postgres);
        await using var context = storage.Get<Func<PostgresDbContext>>()();

        Assert.Equal(context.Database.GetMigrations(), PostgresSchema.Migrations);
        Assert.False(context.Database.HasPendingModelChanges());
        Assert.Empty(await context.Database.GetPendingMigrationsAsync());
    }

    [Fact]
    public async Task A_database_of_any_earlier_version_comes_up_to_date_with_what_is_in_it()
    {
        for (var had = 1; had < PostgresSchema.Migrations.Count; had++)
        {
            await using var storage = await TestStorage.CreateAsync(Engine.Postgres);
            var user = await storage.AddUserAsync();
            await using (var context = storage.Get<Func<PostgresDbContext>>()())
            {
                storage.Execute(context.GetService<IMigrator>().GenerateScript(
                    PostgresSchema.Migrations[^1], PostgresSchema.Migrations[had - 1], MigrationsSqlGenerationOptions.NoTransactions));
            }

            Assert.Equal(had, storage.Number("SELECT count(*) FROM \"__EFMigrationsHistory\""));
            await using var started = storage.Another();
            await started.Database.PrepareAsync();

            Assert.Equal(PostgresSchema.Migrations.Count, storage.Number("SELECT count(*) FROM \"__EFMigrationsHistory\""));
            Assert.NotNull(await started.Accounts.FindAsync(user));
        }
    }

    [Fact]
    public async Task Tables_and_columns_are_lower_case_words()
    {
        await using var storage = await TestStorage.CreateAsync(Engine.Postgres);

        Assert.Equal(0, storage.Number(
            """
            SELECT count(*) FROM information_schema.columns
            WHERE table_schema = 'public' AND table_name NOT LIKE '\_\_EF%' AND (table_name <> lower(table_name) OR column_name <> lower(column_name))
            """));
    }

    [Fact, Spec("ST-03")]
    public async Task A_copy_of_the_database_holds_the_key_ring_only_as_the_key_file_sealed_it()
    {
        await using var storage = await TestStorage.CreateAsync(Engine.Postgres);
        storage.Get<IDataProtectionProvider>().CreateProtector("any").Protect([1]);

        var copy = await storage.CopyAsync();

        Assert.Contains("KeyFileDecryptor", copy, StringComparison.Ordinal);
        Assert.DoesNotContain("masterKey", copy, StringComparison.Ordinal);
        Assert.DoesNotContain("<value", copy, StringComparison.Ordinal);
    }

    [Fact]
    public Task A_newer_version_is_refused() => RefusesAsync(
        "newer version", s => s.Execute("INSERT INTO \"__EFMigrationsHistory\" VALUES ('29990101000000_Later', '99')"));

    [Fact]
    public async Task Another_programs_tables_are_refused()
    {
        await using var storage = TestStorage.Unprepared(Engine.Postgres);
        storage.Execute("CREATE TABLE theirs (id int)");

        var refused = await Assert.ThrowsAsync<StartupException>(() => storage.Database.PrepareAsync());

        Assert.Contains("another program", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, storage.Number("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"));
    }

    [Fact]
    public Task An_emptied_key_ring_is_refused() => RefusesAsync("key ring is missing", s => s.Execute("DELETE FROM key_ring"));

    [Fact, Spec("ST-03")]
    public Task Another_servers_key_file_is_refused() => RefusesAsync(
        "does not open the keys", _ => { }, o => o.KeyFile = KeyFileWith(Convert.ToBase64String(new byte[32])));

    [Theory]
    [InlineData("", "does not hold a key")]
    [InlineData("c2hvcnQ=", "does not hold a key")]
    [InlineData("not base64 at all, but quite as long as one!", "does not hold a key")]
    public Task A_key_file_without_a_key_is_refused(string content, string why) => RefusesAsync(why, _ => { }, o => o.KeyFile = KeyFileWith(content));

    [Fact]
    public Task A_missing_key_file_is_refused_with_the_way_to_make_one() => RefusesAsync("openssl rand", _ => { }, o => o.KeyFile = "/nowhere/latchkey.key");

    [Fact, Spec("ST-05")]
    public Task A_key_file_that_others_may_read_is_refused() => RefusesAsync("open to other users", _ => { }, o =>
    {
        o.KeyFile = KeyFileWith(Convert.ToBase64String(new byte[32]));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(o.KeyFile, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        }
    });

    [Fact]
    public async Task Grants_without_any_token_key_are_refused()
    {
        await using var storage = await TestStorage.CreateAsync(Engine.Postgres);
        await storage.InsertAsync(await storage.AddUserAsync(), (await storage.AddClientAsync()).Id);
        storage.Execute("DELETE FROM token_keys");
        await using var again = storage.Another();

        var refused = await Assert.ThrowsAsync<StartupException>(() => again.Database.PrepareAsync());

        Assert.Contains("none of the keys", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Database=latchkey;Username=u;Password=opensesame", "cannot be reached")]
    [InlineData("Host=127.0.0.1;Prot=1;Password=opensesame", "cannot be read")]
    [InlineData("opensesame", "cannot be read")]
    [InlineData("Database=latchkey;Password=opensesame", "cannot be read")]
    [InlineData("Host=127.0.0.1;Port=99999;Password=opensesame", "cannot be read")]
    [InlineData("Host=127.0.0.1;Timeout=opensesame", "cannot be read")]
    public async Task What_is_wrong_with_the_connection_is_said_without_the_password(string connection, string why)
    {
        await using var storage = await TestStorage.CreateAsync(Engine.Postgres);
        await using var elsewhere = storage.Another(o => o.Database = connection);

        var refused = await Assert.ThrowsAsync<StartupException>(() => elsewhere.Database.PrepareAsync());

        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("opensesame", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_named_with_the_way_to_make_it()
    {
        await using var storage = await TestStorage.CreateAsync(Engine.Postgres);
        await using var elsewhere = storage.Another(o => o.Database = PostgresCluster.Instance.ConnectionString("absent"));

        var refused = await Assert.ThrowsAsync<StartupException>(() => elsewhere.Database.PrepareAsync());

        Assert.Contains("createdb absent", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_went_away_is_unavailable_and_its_writes_are_not_acknowledged()
    {
        await using var storage = await TestStorage.CreateAsync(Engine.Postgres);
        var grant = await storage.InsertAsync(await storage.AddUserAsync(), (await storage.AddClientAsync()).Id);
        await using var gone = storage.Another(o => o.Database = PostgresCluster.Instance.ConnectionString("absent"));

        await Assert.ThrowsAsync<StorageUnavailableException>(async () => await gone.Grants.FindAsync(grant.Id));
        await Assert.ThrowsAsync<StorageUnavailableException>(async () => await gone.Clients.FindAsync(grant.ClientId!));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => gone.Accounts.ListAsync());
        await Assert.ThrowsAsync<StorageUnavailableException>(() => gone.Accounts.DisableAsync(grant.UserId));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => gone.Grants.ApplyAsync(
            new GrantWrite.Revoke(grant.Id, RevocationReason.ClientRequest, storage.Clock.GetUtcNow())));
        Assert.Equal(grant, await storage.ReadAsync(grant.Id));
    }

    private static async Task RefusesAsync(string why, Action<TestStorage> spoil, Action<StorageOptions>? configure = null)
    {
        await using var storage = await TestStorage.CreateAsync(Engine.Postgres);
        await storage.InsertAsync(await storage.AddUserAsync(), (await storage.AddClientAsync()).Id);
        spoil(storage);
        var before = (storage.Number(TokenKeys), storage.Number(RingKeys));
        await using var again = storage.Another(configure);

        var refused = await Assert.ThrowsAsync<StartupException>(() => again.Database.PrepareAsync());

        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, (storage.Number(TokenKeys), storage.Number(RingKeys)));
    }

    private static string KeyFileWith(string content)
    {
        var file = Path.Combine(Path.GetDirectoryName(PostgresCluster.Instance.KeyFile)!, $"{Guid.NewGuid():N}.key");
        File.WriteAllText(file, content);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return file;
    }
}
