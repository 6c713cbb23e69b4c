using System.Net;
using Microsoft.Data.Sqlite;

namespace Latchkey.Faults.Tests.Sqlite;

/// <summary>A sweep that is killed leaves what lives and what a reuse is known by, and the next one completes it.</summary>
public sealed class SweepKillTests
{
    private const int Ended = 20_000;
    private const int Kills = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    // A hundred days ago, each refreshed twice and revoked: copies of a grant that a server made.
    private const string Seed =
        """
        INSERT INTO grants (id, client_id, user_id, scopes, state, generation, rotated_at, redirect_uri, refreshable, created_at, code_expires_at, expires_at, revoked_at, revoked_why)
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @ended)
        SELECT randomblob(16), client_id, user_id, scopes, 2, 3, rotated_at - @age, redirect_uri, 1, created_at - @age, code_expires_at - @age, expires_at - @age, rotated_at - @age, 1
        FROM n, (SELECT * FROM grants LIMIT 1);
        INSERT INTO counters (name, value) VALUES ('longest_access', 120), ('longest_refresh_idle', 43200);

        -- The window in which a refresh may be asked again is over.
        UPDATE grants SET rotated_at = rotated_at - 60000 WHERE generation = 2;
        """;

    [Fact]
    [Spec("F-22"), Spec("ST-06"), Spec("TK-32")]
    public async Task Killed_again_and_again_it_costs_no_token_and_no_evidence_and_is_completed()
    {
        using var directory = new TempDirectory();
        await using var server = await RunningServer.ServeAsync(directory.Data);
        using var app = await App.RegisterAsync(directory.Data, "survivor");
        app.Issuer = server.Issuer;
        var living = await app.LogInAsync();
        var stolen = await app.LogInAsync();
        var successor = App.Tokens(await app.RefreshAsync(stolen.Refresh));
        await using var database = new SqliteConnection($"Data Source={Path.Combine(directory.Data, "latchkey.db")};Pooling=False");
        await database.OpenAsync();
        Run(database, Seed, ("@ended", Ended), ("@age", (long)TimeSpan.FromDays(100).TotalMilliseconds));

        for (var kill = 1; kill <= Kills; kill++)
        {
            await KillAfterAsync(database, kill * 700, directory.Data);
            Assert.True(await app.IsActiveAsync(living.Access));
        }

        var rest = Count(database);
        Assert.InRange(rest, 3, Ended - 1);
        var swept = (await Command.RunAsync("grant", "sweep", "--data", directory.Data, "--json")).Json();

        Assert.Equal(rest - 2, swept.GetProperty("grants_forgotten").GetInt64());
        Assert.Equal(2, Count(database));
        Assert.True(await app.IsActiveAsync(living.Access));
        App.Tokens(await app.RefreshAsync(living.Refresh));
        var (status, body) = await app.RefreshAsync(stolen.Refresh);
        Assert.Equal((HttpStatusCode.BadRequest, "invalid_grant"), (status, body.GetProperty("error").GetString()));
        Assert.False(await app.IsActiveAsync(successor.Access), "A reuse went unseen.");
        Assert.Equal("ok", Text(database, "PRAGMA integrity_check"));
    }

    private static async Task KillAfterAsync(SqliteConnection database, int forgotten, string data)
    {
        var before = Count(database);
        using var patience = new CancellationTokenSource(Patience);
        using var sweep = Command.Start("grant", "sweep", "--data", data);
        while (Count(database) > before - forgotten)
        {
            Assert.False(sweep.HasExited, "It ended before it was killed.");
            await Task.Delay(2, patience.Token);
        }

        sweep.Kill();
        await sweep.WaitForExitAsync(patience.Token);
    }

    private static long Count(SqliteConnection database) => long.Parse(Text(database, "SELECT count(*) FROM grants"));

    private static string Text(SqliteConnection database, string sql)
    {
        using var command = database.CreateCommand();
#pragma warning disable CA2100 // Texts of this test only.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar()!.ToString()!;
    }

    private static void Run(SqliteConnection database, string sql, params (string Name, long Value)[] values)
    {
        using var command = database.CreateCommand();
#pragma warning disable CA2100 // Texts of this test only.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value);
        }

        command.ExecuteNonQuery();
    }
}
