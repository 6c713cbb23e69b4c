using Latchkey.Core.Grants;
using Latchkey.Storage.Sqlite;
using Latchkey.Storage.Tests.Grants;
using Microsoft.Data.Sqlite;

namespace Latchkey.Storage.Tests.Sqlite;

/// <summary>The contract over SQLite, and what only SQLite can break.</summary>
public sealed class SqliteGrantStoreTests() : GrantStoreContract(Engine.Sqlite)
{
    [Fact]
    public async Task Every_connection_waits_for_the_disk_at_each_commit()
    {
        await using var storage = await TestStorage.CreateAsync();
        var connections = storage.Get<SqliteConnections>();
        using var writer = connections.OpenWriter();

        Assert.Equal("wal", Pragma(writer, "journal_mode"));
        Assert.Equal("2", Pragma(writer, "synchronous"));
        Assert.Equal("1", Pragma(writer, "foreign_keys"));
        await storage.Writes.RunAsync((db, _) =>
        {
            var connection = (SqliteConnection)Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.GetDbConnection(db.Database);
            Assert.Equal("2", Pragma(connection, "synchronous"));
            Assert.Equal("1", Pragma(connection, "foreign_keys"));
            return Task.CompletedTask;
        });
    }

    [Fact, Spec("LX-06")]
    public async Task What_was_acknowledged_is_in_the_files_at_that_moment()
    {
        await using var storage = await TestStorage.CreateAsync();
        var user = await storage.AddUserAsync();
        var client = await storage.AddClientAsync();
        for (var i = 0; i < 5; i++)
        {
            var grant = await storage.InsertAsync(user, client.Id);
            await storage.Grants.ApplyAsync(new GrantWrite.Revoke(grant.Id, RevocationReason.ClientRequest, storage.Clock.GetUtcNow()));

            // What a process killed at this moment leaves behind: the files, without the shared memory or a goodbye.
            await using var crashed = TestStorage.Unprepared();
            Directory.CreateDirectory(crashed.DataDirectory);
            File.Copy(storage.File, crashed.File);
            File.Copy(storage.File + "-wal", crashed.File + "-wal");

            using var connection = crashed.OpenRaw();
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT state FROM grants WHERE id = $id";
            command.Parameters.AddWithValue("$id", grant.Id.ToByteArray(bigEndian: true));
            Assert.Equal(2L, command.ExecuteScalar());
        }
    }

    [Fact, Spec("RV-07")]
    public async Task A_database_locked_by_another_program_is_unavailable_and_then_well_again()
    {
        await using var storage = await TestStorage.CreateAsync(Engine.Sqlite, o => o.BusyTimeout = TimeSpan.FromMilliseconds(50));
        var grant = await storage.InsertAsync(await storage.AddUserAsync(), (await storage.AddClientAsync()).Id);
        var revoke = new GrantWrite.Revoke(grant.Id, RevocationReason.ClientRequest, storage.Clock.GetUtcNow());
        using (var other = storage.OpenRaw())
        {
            using var transaction = other.BeginTransaction();

            await Assert.ThrowsAsync<StorageUnavailableException>(() => storage.Grants.ApplyAsync(revoke));
            await Assert.ThrowsAsync<StorageUnavailableException>(() => storage.Accounts.DisableAsync(grant.UserId));
            Assert.Equal(GrantState.Pending, (await storage.ReadAsync(grant.Id)).State);
        }

        Assert.True(await storage.Grants.ApplyAsync(revoke));
    }

    [Fact]
    public async Task A_write_waits_for_another_program_that_is_soon_done()
    {
        await using var storage = await TestStorage.CreateAsync();
        var grant = await storage.InsertAsync(await storage.AddUserAsync(), (await storage.AddClientAsync()).Id);
        using var other = storage.OpenRaw();
        var transaction = other.BeginTransaction();

        var applied = storage.Grants.ApplyAsync(new GrantWrite.Revoke(grant.Id, RevocationReason.ClientRequest, storage.Clock.GetUtcNow()));
        var managed = storage.Accounts.DisableAsync(grant.UserId);
        await transaction.DisposeAsync();

        Assert.True(await applied);
        Assert.True(await managed);
    }

    [Fact]
    public async Task When_one_write_of_a_batch_breaks_none_is_acknowledged_and_none_is_kept()
    {
        await using var storage = await TestStorage.CreateAsync();
        var user = await storage.AddUserAsync();
        var client = await storage.AddClientAsync();
        var grants = new List<Grant>();
        for (var i = 0; i < 5; i++)
        {
            grants.Add(await storage.InsertAsync(user, client.Id));
        }

        var id = Convert.ToHexString(grants[3].Id.ToByteArray(bigEndian: true));
        storage.Execute($"CREATE TRIGGER broken BEFORE UPDATE ON grants WHEN new.id = x'{id}' BEGIN SELECT RAISE(ABORT, 'disk trouble'); END");

        var revokes = new List<Task<bool>>();
        await storage.Writes.RunAsync((_, _) =>
        {
            revokes.AddRange(grants.Select(g =>
                storage.Grants.ApplyAsync(new GrantWrite.Revoke(g.Id, RevocationReason.ClientRequest, storage.Clock.GetUtcNow()))));
            return Task.CompletedTask;
        });

        foreach (var revoke in revokes)
        {
            await Assert.ThrowsAsync<StorageUnavailableException>(() => revoke);
        }

        Assert.Equal(0, storage.Number("SELECT count(*) FROM grants WHERE state = 2"));
        storage.Execute("DROP TRIGGER broken");
        Assert.True(await storage.Grants.ApplyAsync(new GrantWrite.Revoke(grants[3].Id, RevocationReason.ClientRequest, storage.Clock.GetUtcNow())));
    }

    [Fact, Spec("RV-07")]
    public async Task A_database_gone_bad_is_unavailable_to_everyone()
    {
        await using var storage = TestStorage.Unprepared();
        Directory.CreateDirectory(storage.DataDirectory);
        await File.WriteAllTextAsync(storage.File, new string('x', 8192));
        var grant = storage.NewGrant(Guid.CreateVersion7(storage.Clock.GetUtcNow()), client: null);

        await Assert.ThrowsAsync<StorageUnavailableException>(async () => await storage.Grants.FindAsync(grant.Id));
        await Assert.ThrowsAsync<StorageUnavailableException>(async () => await storage.Sessions.FindAsync(Storage.Sessions.SessionKey.Generate()));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => storage.Grants.ApplyAsync(new GrantWrite.Insert(grant)));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => storage.Accounts.ListAsync());
        await Assert.ThrowsAsync<StorageUnavailableException>(() => storage.Accounts.DisableAsync(grant.UserId));
    }

    [Fact]
    public async Task The_hot_reads_find_their_row_by_key()
    {
        await using var storage = await TestStorage.CreateAsync();
        using var connection = storage.OpenRaw();
        foreach (var sql in new[]
        {
            "SELECT * FROM grants WHERE id = ?1",
            "SELECT * FROM clients WHERE id = ?1",
            "SELECT scopes FROM consents WHERE user_id = ?1 AND client_id = ?2",
            "SELECT * FROM sessions WHERE key_hash = ?1 AND expires_at > ?2",
            "UPDATE grants SET state = 2 WHERE user_id = ?1 AND client_id = ?2 AND state <> 2",
            "UPDATE grants SET state = 2 WHERE client_id = ?1 AND state <> 2",
        })
        {
            using var command = connection.CreateCommand();
            command.CommandText = "EXPLAIN QUERY PLAN " + sql.Replace("?1", "x'00'", StringComparison.Ordinal).Replace("?2", "'a'", StringComparison.Ordinal);
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                Assert.DoesNotContain("SCAN", reader.GetString(3), StringComparison.Ordinal);
            }
        }
    }

    private static string Pragma(SqliteConnection connection, string name)
    {
        using var statement = new Statement(connection, $"PRAGMA {name}");
        Assert.True(statement.Step());
        return statement.Text(0);
    }
}
