using System.Diagnostics;
using System.Runtime.InteropServices;
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
/// Fills the database of a stopped server: one grant goes through the server's own store, all others are copies of its row. The
/// tokens that point to some of them are sealed with the server's own keys.
/// </summary>
internal sealed class FullStore(string directory)
{
    private const int GrantsPerUser = 10;
    private const int Tokens = 100_000;
    private static readonly TimeSpan Span = TimeSpan.FromDays(90);
    private readonly string _file = Path.Combine(directory, "latchkey.db");

    public async Task<(double BytesPerGrant, IReadOnlyList<byte[]> AccessTokens)> FillAsync(long grants)
    {
        var started = Stopwatch.GetTimestamp();
        var (first, keys) = await AddFirstAsync();
        long before = 0;
        List<Guid> ids;
        using (var copies = new Copies(_file))
        {
            List<Guid> users = [];
            copies.Transact(() => users = AddUsers(copies, first, (int)Math.Max(1, grants / GrantsPerUser)));
            before = new FileInfo(_file).Length;
            ids = [];
            copies.Transact(() => ids = AddGrants(copies, first, users, grants));
        }

        var bytes = new FileInfo(_file).Length - before;
        await Console.Error.WriteLineAsync($"{grants:N0} grants written in {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s");
        var issuer = new TokenIssuer(keys, new TokenLifetimes());
        return ((double)bytes / grants, ids.ConvertAll(id => AccessToken(issuer, first with { Id = id })));
    }

    private static byte[] AccessToken(TokenIssuer issuer, Grant grant) =>
        Encoding.ASCII.GetBytes(issuer.Tokens(grant, null, grant.RotatedAt!.Value).AccessToken.Reveal());

    /// <summary>From the code that the login brought: redeemed and refreshed once, just now, so that its access token lives.</summary>
    private async Task<(Grant First, KeyRing Keys)> AddFirstAsync()
    {
        await using var services = new ServiceCollection().AddLatchkeyStorage(o => o.DataDirectory = directory).BuildServiceProvider();
        await services.GetRequiredService<Database>().PrepareAsync();
        var store = services.GetRequiredService<IGrantStore>();
        var grant = await store.ListAsync(GrantFilter.All).FirstAsync();
        GrantWrite[] writes =
        [
            new GrantWrite.Redeem(grant.Id, grant.CreatedAt, grant.CreatedAt + new TokenLifetimes().Grant),
            new GrantWrite.Rotate(grant.Id, 1, grant.CreatedAt),
        ];
        foreach (var write in writes)
        {
            if (!await store.ApplyAsync(write))
            {
                throw new BenchException("The store did not take the first grant's tokens.");
            }

            grant = grant.After(write);
        }

        return (grant, services.GetRequiredService<LiveKeyRing>().Current);
    }

    /// <summary>What no two users may share is changed, and the counter that numbers them goes on behind the last. Each agrees to the app.</summary>
    private static List<Guid> AddUsers(Copies copies, Grant first, int count)
    {
        Dictionary<string, string> changed = new()
        {
            ["id"] = "$id",
            ["uid"] = "uid + $n",
            ["user_name"] = "user_name || $n",
            ["normalized_user_name"] = "normalized_user_name || $n",
            ["email"] = "$n || email",
            ["normalized_email"] = "$n || normalized_email",
        };
        using var user = copies.Of("users", changed, "id = $first", "$first", "$id", "$n");
        using var consent = copies.Of(
            "consents", new Dictionary<string, string> { ["id"] = "NULL", ["user_id"] = "$id" }, "user_id = $first", "$first", "$id");
        var ids = new List<Guid>(count);
        for (var i = 1; i <= count; i++)
        {
            var id = Guid.CreateVersion7();
            Run(user, first.UserId, id, i);
            Run(consent, first.UserId, id);
            ids.Add(id);
        }

        copies.Run($"UPDATE counters SET value = value + {count} WHERE name = 'uid'");
        return ids;
    }

    /// <summary>Returns the ids of some, in no order.</summary>
    private static List<Guid> AddGrants(Copies copies, Grant first, List<Guid> users, long count)
    {
        Dictionary<string, string> changed = new()
        {
            ["id"] = "$id",
            ["user_id"] = "$user",
            ["session_id"] = "$session",
            ["created_at"] = "created_at - $age",
            ["code_expires_at"] = "code_expires_at - $age",
            ["expires_at"] = "expires_at - $age",
        };
        using var grant = copies.Of("grants", changed, "id = $first", "$first", "$id", "$user", "$session", "$age");
        // Each user's grants lie apart, as they do when people come back once in a while. A fixed seed: each run fills alike.
#pragma warning disable CA5394
        var random = new Random(1);
        var some = new List<Guid>(Tokens);
        for (long i = 0; i < count; i++)
        {
            var age = (long)(Span.TotalMilliseconds * (1 - ((double)i / count)));
            var created = first.CreatedAt.AddMilliseconds(-age);
            var id = Guid.CreateVersion7(created);
            Run(grant, first.Id, id, users[random.Next(users.Count)], Guid.CreateVersion7(created), age);
            if (random.NextDouble() < (double)Tokens / count)
            {
                some.Add(id);
            }
        }

        random.Shuffle(CollectionsMarshal.AsSpan(some));
#pragma warning restore CA5394
        return some;
    }

    private static void Run(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] is Guid id ? id.ToByteArray(bigEndian: true) : values[i];
        }

        if (command.ExecuteNonQuery() != 1)
        {
            throw new BenchException("A row was not copied.");
        }
    }
}
