using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using Latchkey.Storage.Profiles;
using Latchkey.Storage.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Latchkey.Storage.Tests.Sqlite;

/// <summary>Which data directories a start refuses, in one line and without changing anything.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class SqliteRefusalTests
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerDirectory = OwnerFile | UnixFileMode.UserExecute;

    [Fact]
    public async Task A_newer_version_is_refused() =>
        await RefusesAsync("newer version", s => s.Execute("INSERT INTO __EFMigrationsHistory VALUES ('29990101000000_Future', '99')"));

    [Fact]
    public async Task A_file_that_is_no_database_is_refused() => await RefusesAsync("not a database", s =>
    {
        Delete(s);
        File.WriteAllText(s.File, "Dear diary");
    });

    [Fact]
    public async Task Another_programs_database_is_refused() => await RefusesAsync("another program", s =>
    {
        Delete(s);
        s.Execute("CREATE TABLE recipes (name TEXT)");
    });

    [Fact]
    public async Task A_damaged_database_is_refused() => await RefusesAsync("damaged", s =>
    {
        Delete(s);
        File.WriteAllBytes(s.File, [.. "SQLite format 3\0"u8, .. new byte[4080]]);
    });

    [Fact]
    public async Task A_read_only_database_is_refused() =>
        await RefusesAsync("read-only", s => File.SetUnixFileMode(s.File, UnixFileMode.UserRead));

    [Fact]
    public async Task A_read_only_directory_is_refused() =>
        await RefusesAsync("read-only", s => File.SetUnixFileMode(s.DataDirectory, UnixFileMode.UserRead | UnixFileMode.UserExecute));

    [Fact, Spec("ST-03")]
    public async Task A_missing_key_ring_is_refused() =>
        await RefusesAsync("key ring is missing", s => Directory.Delete(s.Keys, recursive: true));

    [Fact, Spec("ST-03")]
    public async Task An_emptied_key_ring_is_refused() => await RefusesAsync("key ring is missing", s =>
    {
        foreach (var file in Directory.GetFiles(s.Keys))
        {
            File.Delete(file);
        }
    });

    [Fact, Spec("ST-03")]
    public async Task Another_servers_key_ring_is_refused()
    {
        await using var other = await TestStorage.CreateAsync();
        await RefusesAsync("does not open the keys", s =>
        {
            Directory.Delete(s.Keys, recursive: true);
            Directory.Move(other.Keys, s.Keys);
        });
    }

    [Fact, Spec("ST-03")]
    public async Task A_forged_key_under_the_right_name_is_refused()
    {
        await using var other = await TestStorage.CreateAsync();
        await RefusesAsync("does not open the keys", s =>
        {
            var mine = Directory.GetFiles(s.Keys).Single();
            var id = Path.GetFileNameWithoutExtension(mine)["key-".Length..];
            var theirs = Directory.GetFiles(other.Keys).Single();
            var theirId = Path.GetFileNameWithoutExtension(theirs)["key-".Length..];
            File.WriteAllText(mine, File.ReadAllText(theirs).Replace(theirId, id, StringComparison.Ordinal));
        });
    }

    [Fact, Spec("ST-05")]
    public async Task A_key_that_others_may_read_is_refused() => await RefusesAsync("open to other users", s =>
        File.SetUnixFileMode(Directory.GetFiles(s.Keys).Single(), OwnerFile | UnixFileMode.GroupRead));

    [Fact]
    public async Task Grants_without_any_token_key_are_refused()
    {
        await RefusesAsync("none of the keys", s =>
        {
            s.Execute("DELETE FROM token_keys");
            s.Execute("INSERT INTO grants (id, user_id, scopes, state, generation, refreshable, created_at) VALUES (x'01', x'01', '', 2, 0, 0, 0)");
        });
    }

    [Fact]
    public async Task A_database_locked_by_another_process_is_refused()
    {
        await using var storage = await TestStorage.CreateAsync(Engine.Sqlite, o => o.BusyTimeout = TimeSpan.FromMilliseconds(50));
        using var other = storage.OpenRaw();
        using var transaction = other.BeginTransaction();

        var refusal = await Assert.ThrowsAsync<StartupException>(() => storage.Database.PrepareAsync());

        Assert.Contains("locked by another process", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_where_the_directory_should_be_is_refused()
    {
        await using var storage = TestStorage.Unprepared();
        await File.WriteAllTextAsync(storage.DataDirectory, "");

        var refusal = await Assert.ThrowsAsync<StartupException>(() => storage.Database.PrepareAsync());

        Assert.Contains("is a file", refusal.Message, StringComparison.Ordinal);
        File.Delete(storage.DataDirectory);
    }

    [Fact]
    public async Task A_directory_that_cannot_be_made_is_refused()
    {
        await using var storage = TestStorage.Unprepared();
        await File.WriteAllTextAsync(storage.DataDirectory, "");
        await using var inside = TestStorage.Unprepared(Engine.Sqlite, o => o.DataDirectory = Path.Combine(storage.DataDirectory, "data"));

        var refusal = await Assert.ThrowsAsync<StartupException>(() => inside.Database.PrepareAsync());

        Assert.Contains("cannot be used", refusal.Message, StringComparison.Ordinal);
        File.Delete(storage.DataDirectory);
    }

    private static async Task RefusesAsync(string because, Action<TestStorage> spoil)
    {
        await using var storage = await TestStorage.CreateAsync();
        await storage.Services.DisposeAsync();
        spoil(storage);
        var before = Snapshot(storage.DataDirectory);
        await using var started = storage.Another();

        var refusal = await Assert.ThrowsAsync<StartupException>(() => started.Database.PrepareAsync());

        Assert.Contains(because, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
        await started.DisposeAsync();
        Assert.Equal(before, Snapshot(storage.DataDirectory));
        File.SetUnixFileMode(storage.DataDirectory, OwnerDirectory);
    }

    private static void Delete(TestStorage storage)
    {
        File.Delete(storage.File);
        File.Delete(storage.File + "-wal");
        File.Delete(storage.File + "-shm");
    }

    private static string Snapshot(string directory)
    {
        var text = new StringBuilder();
        foreach (var entry in Directory.GetFileSystemEntries(directory, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var hash = File.Exists(entry) ? Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(entry))) : "";
            text.AppendLine($"{entry} {File.GetUnixFileMode(entry)} {hash}");
        }

        return text.ToString();
    }
}
