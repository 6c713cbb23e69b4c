using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using Latchkey.Storage.Profiles;
using Latchkey.Storage.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Latchkey.Storage.Tests.Sqlite;

/// <summary>What a start makes of a data directory.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class SqliteDatabaseTests
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerDirectory = OwnerFile | UnixFileMode.UserExecute;

    [Fact, Spec("ST-05")]
    public async Task Everything_is_made_for_its_owner_only()
    {
        await using var storage = await TestStorage.CreateAsync();
        await storage.AddUserAsync();

        Assert.Equal(OwnerDirectory, File.GetUnixFileMode(storage.DataDirectory));
        Assert.Equal(OwnerDirectory, File.GetUnixFileMode(storage.Keys));
        var files = Directory.GetFiles(storage.DataDirectory, "*", SearchOption.AllDirectories);
        Assert.Contains(storage.File, files);
        Assert.Contains(files, f => f.EndsWith(".xml", StringComparison.Ordinal));
        Assert.All(files, f => Assert.Equal(OwnerFile, File.GetUnixFileMode(f)));
    }

    [Fact, Spec("ST-05")]
    public async Task An_open_database_of_ours_is_closed_to_others_and_a_foreign_directory_is_left_alone()
    {
        await using var storage = await TestStorage.CreateAsync();
        File.SetUnixFileMode(storage.DataDirectory, OwnerDirectory | UnixFileMode.OtherRead);
        File.SetUnixFileMode(storage.File, OwnerFile | UnixFileMode.OtherRead);
        await using var shared = TestStorage.Unprepared();
        Directory.CreateDirectory(shared.DataDirectory);
        await File.WriteAllTextAsync(Path.Combine(shared.DataDirectory, "notes.txt"), "other things");
        File.SetUnixFileMode(shared.DataDirectory, OwnerDirectory | UnixFileMode.OtherRead);

        await storage.Database.PrepareAsync();
        await shared.Database.PrepareAsync();

        Assert.Equal(OwnerDirectory, File.GetUnixFileMode(storage.DataDirectory));
        Assert.Equal(OwnerFile, File.GetUnixFileMode(storage.File));
        Assert.Equal(OwnerDirectory | UnixFileMode.OtherRead, File.GetUnixFileMode(shared.DataDirectory));
        Assert.Equal(OwnerFile, File.GetUnixFileMode(shared.File));
    }

    [Fact]
    public async Task Preparing_again_keeps_keys_and_data()
    {
        await using var storage = await TestStorage.CreateAsync();
        var user = await storage.AddUserAsync();
        var key = Assert.Single(storage.TokenKeys.Load());
        await using var again = storage.Another();

        await again.Database.PrepareAsync();

        Assert.Equal(key.Material.ToArray(), Assert.Single(again.TokenKeys.Load()).Material.ToArray());
        Assert.NotNull(await again.Accounts.FindAsync(user));
    }

    [Fact]
    public async Task Preparing_from_any_point_a_kill_may_leave_it_at_works()
    {
        // The directory alone; an empty file; a write-ahead log switched on and nothing in it.
        foreach (var leftBehind in new Action<TestStorage>[]
        {
            s => Directory.CreateDirectory(s.DataDirectory),
            s =>
            {
                Directory.CreateDirectory(s.Keys);
                File.WriteAllBytes(s.File, []);
            },
            s =>
            {
                Directory.CreateDirectory(s.DataDirectory);
                s.Execute("PRAGMA journal_mode=WAL");
            },
        })
        {
            await using var storage = TestStorage.Unprepared();
            leftBehind(storage);

            await storage.Database.PrepareAsync();

            Assert.Single(storage.TokenKeys.Load());
        }
    }

    [Fact]
    public async Task Several_processes_may_prepare_at_once()
    {
        await using var first = TestStorage.Unprepared();
        var others = Enumerable.Range(0, 4).Select(_ => first.Another()).ToList();

        await Task.WhenAll(others.Select(s => Task.Run(() => s.Database.PrepareAsync())));

        var keys = others.Select(s => Convert.ToHexString(Assert.Single(s.TokenKeys.Load()).Material.Span)).Distinct();
        Assert.Single(keys);
        foreach (var other in others)
        {
            await other.DisposeAsync();
        }
    }

    [Fact]
    public async Task The_list_of_migrations_and_the_model_are_those_of_entity_framework()
    {
        await using var storage = await TestStorage.CreateAsync();
        await using var context = storage.Get<Func<SqliteDbContext>>()();

        Assert.Equal(context.Database.GetMigrations(), SqliteSchema.Migrations);
        Assert.False(context.Database.HasPendingModelChanges());
        Assert.Empty(await context.Database.GetPendingMigrationsAsync());
    }

    [Fact]
    public async Task A_database_of_any_earlier_version_comes_up_to_date_with_what_is_in_it()
    {
        for (var had = 1; had < SqliteSchema.Migrations.Count; had++)
        {
            await using var storage = await TestStorage.CreateAsync();
            var user = await storage.AddUserAsync();
            await storage.Services.DisposeAsync();
            await using var back = storage.Another();
            await using (var context = back.Get<Func<SqliteDbContext>>()())
            {
                storage.Execute(context.GetService<IMigrator>().GenerateScript(
                    SqliteSchema.Migrations[^1], SqliteSchema.Migrations[had - 1], MigrationsSqlGenerationOptions.NoTransactions));
            }

            Assert.Equal(had, storage.Number("SELECT count(*) FROM __EFMigrationsHistory"));
            await using var started = storage.Another();
            await started.Database.PrepareAsync();

            Assert.Equal(SqliteSchema.Migrations.Count, storage.Number("SELECT count(*) FROM __EFMigrationsHistory"));
            Assert.NotNull(await started.Accounts.FindAsync(user));
            Assert.Equal(ProfileOutcome.Changed, await started.Get<ProfileStore>().ChangeAsync(user, new ProfileChange(EmailNotifications: false)));
        }
    }

    [Fact]
    public async Task Tables_and_columns_are_lower_case_words()
    {
        await using var storage = await TestStorage.CreateAsync();

        Assert.Equal(0, storage.Number(
            """
            SELECT count(*) FROM sqlite_master t JOIN pragma_table_info(t.name) c
            WHERE t.type = 'table' AND t.name NOT LIKE '\_\_EF%' ESCAPE '\' AND (t.name <> lower(t.name) OR c.name <> lower(c.name))
            """));
    }
}
