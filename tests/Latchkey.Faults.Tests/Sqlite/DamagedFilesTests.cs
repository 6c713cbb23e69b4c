using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace Latchkey.Faults.Tests.Sqlite;

/// <summary>The files a killed server left, and what a bad end may have done to them.</summary>
public sealed class DamagedFilesTests
{
    private const int Grants = 8;

    [Fact]
    [Spec("F-05")]
    public async Task A_log_that_is_torn_or_cut_off_and_stale_files_beside_it_lose_nothing_of_before()
    {
        using var directory = new TempDirectory();
        await using var server = await RunningServer.ServeAsync(directory.Data);
        using var app = await App.RegisterAsync(directory.Data, "torn");
        app.Issuer = server.Issuer;
        var ledger = new Ledger(app);

        // How far the log reached at each acknowledgement.
        var ends = new List<long>();
        async Task Acknowledged(Task<bool> answer)
        {
            Assert.True(await answer);
            ends.Add(new FileInfo(Log(directory.Data)).Length);
        }

        for (var i = 0; i < Grants; i++)
        {
            var grant = await ledger.AuthorizeAsync();
            Assert.NotNull(grant);
            await Acknowledged(ledger.RedeemAsync(grant));
            await Acknowledged(ledger.RefreshAsync(grant));
            await Acknowledged(i % 2 == 0 ? ledger.RevokeAsync(grant) : ledger.RefreshAsync(grant));
        }

        await server.KillAsync();

        foreach (var (reached, more) in ((int, int)[])[(1, 0), (Grants, 1000), (2 * Grants, 5000)])
        {
            await CheckAsync(ledger, directory.Data, reached, data => Cut(data, ends[reached - 1] + more));
        }

        await CheckAsync(ledger, directory.Data, Grants, data => Overwrite(data, ends[Grants - 1], byte.MaxValue));
        await CheckAsync(ledger, directory.Data, Grants, data => Overwrite(data, ends[Grants - 1], 0));
        await CheckAsync(ledger, directory.Data, ends.Count, data => File.WriteAllBytes(Shared(data), RandomNumberGenerator.GetBytes(32768)));
        await CheckAsync(ledger, directory.Data, ends.Count, data => File.WriteAllBytes(Journal(data), RandomNumberGenerator.GetBytes(8192)));
        await CheckAsync(ledger, directory.Data, ends.Count, data => File.WriteAllBytes(Journal(data), new byte[8192]));
    }

    private static async Task CheckAsync(Ledger ledger, string left, int acknowledged, Action<string> damage)
    {
        using var directory = new TempDirectory();
        DirectoryCopy.Make(left, directory.Data);
        damage(directory.Data);
        await using var server = await RunningServer.ServeAsync(directory.Data);
        ledger.App.Issuer = server.Issuer;
        using (var connection = new SqliteConnection($"Data Source={Path.Combine(directory.Data, "latchkey.db")};Pooling=False"))
        {
            connection.Open();
            using var check = connection.CreateCommand();
            check.CommandText = "PRAGMA integrity_check";
            Assert.Equal("ok", check.ExecuteScalar());
        }

        await ledger.CheckAsync(directory.Data, acknowledged);
    }

    private static void Cut(string data, long length)
    {
        using var log = File.OpenHandle(Log(data), FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.SetLength(log, length);
    }

    private static void Overwrite(string data, long from, byte with)
    {
        using var log = File.OpenHandle(Log(data), FileMode.Open, FileAccess.ReadWrite);
        var rest = new byte[RandomAccess.GetLength(log) - from];
        Array.Fill(rest, with);
        RandomAccess.Write(log, rest, from);
    }

    private static string Log(string data) => Path.Combine(data, "latchkey.db-wal");

    private static string Shared(string data) => Path.Combine(data, "latchkey.db-shm");

    private static string Journal(string data) => Path.Combine(data, "latchkey.db-journal");
}
