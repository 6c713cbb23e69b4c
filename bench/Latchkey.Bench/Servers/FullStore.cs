using System.Diagnostics;
using System.Text;
using Latchkey.Core.Grants;
using Latchkey.Core.Tokens;
using Latchkey.Storage;
using Latchkey.Storage.Grants;
using Latchkey.Storage.Tokens;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Bench.Servers;

/// <summary>
/// Fills the database of a stopped server through the server's own store, in larger batches than calls ever come in: the rows
/// are the ones it would have written, and so are the tokens that point to them.
/// </summary>
internal sealed class FullStore(string directory)
{
    private const int Batch = 8192;
    private const int GrantsPerUser = 10;
    private const int Tokens = 100_000;
    private static readonly TimeSpan Span = TimeSpan.FromDays(90);
    private readonly string _file = Path.Combine(directory, "latchkey.db");

    public async Task<(double BytesPerGrant, IReadOnlyList<byte[]> AccessTokens)> FillAsync(long grants)
    {
        var users = new ManyUsers(_file).Add((int)Math.Max(1, grants / GrantsPerUser));
        var before = SizeOnDisk();
        var started = Stopwatch.GetTimestamp();
        var tokens = await AddAsync(grants, users);
        var bytes = SizeOnDisk() - before;
        await Console.Error.WriteLineAsync($"{grants:N0} grants written in {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s");
        return ((double)bytes / grants, tokens);
    }

    private async Task<IReadOnlyList<byte[]>> AddAsync(long grants, IReadOnlyList<Guid> users)
    {
        await using var services = new ServiceCollection()
            .AddLatchkeyStorage(o => (o.DataDirectory, o.MaxBatch, o.MaxQueued) = (directory, Batch, Batch))
            .BuildServiceProvider();
        await services.GetRequiredService<Database>().PrepareAsync();
        var store = services.GetRequiredService<IGrantStore>();
        var issuer = new TokenIssuer(services.GetRequiredService<LiveKeyRing>().Current, new TokenLifetimes());
        var pending = await store.ListAsync(GrantFilter.All).FirstAsync();
        var now = pending.CreatedAt;
        // Each user's grants lie apart, as they do when people come back once in a while. A fixed seed: each run fills alike.
#pragma warning disable CA5394
        var random = new Random(1);
        var tokens = new List<byte[]>(Tokens);
        for (long written = 0; written < grants; written += Batch)
        {
            var batch = Enumerable.Range(0, (int)Math.Min(Batch, grants - written))
                .Select(i => Refreshed(pending, users[random.Next(users.Count)], now - (Span * (1 - ((double)(written + i) / grants))), now))
                .ToList();
            var applied = await Task.WhenAll(batch.Select(g => store.ApplyAsync(new GrantWrite.Insert(g))));
            if (applied.Contains(false))
            {
                throw new BenchException("The store refused a grant that it should have taken.");
            }

            tokens.AddRange(batch.Where(_ => random.NextDouble() < (double)Tokens / grants)
                .Select(g => Encoding.ASCII.GetBytes(issuer.Tokens(g, null, now).AccessToken.Reveal())));
        }

        random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(tokens));
#pragma warning restore CA5394
        return tokens;
    }

    /// <summary>A grant that was given at <paramref name="created"/> and refreshed just now, so that its access token lives.</summary>
    private static Grant Refreshed(Grant pending, Guid user, DateTimeOffset created, DateTimeOffset now)
    {
        created = DateTimeOffset.FromUnixTimeMilliseconds(created.ToUnixTimeMilliseconds());
        var id = Guid.CreateVersion7(created);
        var given = pending with { Id = id, UserId = user, SessionId = Guid.CreateVersion7(created), CreatedAt = created, CodeExpiresAt = created + (pending.CodeExpiresAt - pending.CreatedAt) };
        return given
            .After(new GrantWrite.Redeem(id, created, created + new TokenLifetimes().Grant))
            .After(new GrantWrite.Rotate(id, 1, now));
    }

    private long SizeOnDisk()
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = _file, Pooling = false }.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        command.ExecuteNonQuery();
        return new FileInfo(_file).Length;
    }
}
