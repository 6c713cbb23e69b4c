using System.Runtime.InteropServices;
using Latchkey.Core.Grants;
using Latchkey.Storage;
using Microsoft.Data.Sqlite;

namespace Latchkey.Bench.Servers;

/// <summary>One file.</summary>
internal sealed class SqliteStore(string directory) : LatchkeyStore
{
    private readonly string _file = Path.Combine(directory, "latchkey.db");

    public override IReadOnlyList<string> Options => ["--data", directory];

    public override long Bytes => new FileInfo(_file).Length;

    protected override void Configure(StorageOptions options) => options.DataDirectory = directory;

    protected override (long Bytes, List<Guid> Ids) Copy(Grant first, long grants)
    {
        long before = 0;
        List<Guid> ids = [];
        using (var copies = new Copies(_file))
        {
            List<Guid> users = [];
            copies.Transact(() => users = AddUsers(copies, first, (int)Math.Max(1, grants / GrantsPerUser)));
            before = Bytes;
            copies.Transact(() => ids = AddGrants(copies, first, users, grants));
            foreach (var (name, minutes) in Notes)
            {
                copies.Run($"INSERT OR REPLACE INTO counters (name, value) VALUES ('{name}', {minutes})");
            }
        }

        return (Bytes - before, ids);
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
        Dictionary<string, string> over = new(changed)
        {
            ["rotated_at"] = "rotated_at - $age",
            ["state"] = $"{(int)GrantState.Revoked}",
            ["revoked_at"] = "created_at - $age",
            ["revoked_why"] = $"{(int)RevocationReason.ClientRequest}",
        };
        using var ended = copies.Of("grants", over, "id = $first", "$first", "$id", "$user", "$session", "$age");
        // Each user's grants lie apart, as they do when people come back once in a while. A fixed seed: each run fills alike.
#pragma warning disable CA5394
        var random = new Random(1);
        var some = new List<Guid>(Tokens);
        for (long i = 0; i < count; i++)
        {
            var age = (long)(Span.TotalMilliseconds * (1 - ((double)i / count)));
            var created = first.CreatedAt.AddMilliseconds(-age);
            var id = Guid.CreateVersion7(created);
            var user = users[random.Next(users.Count)];
            if (i % EndedOneIn == 0)
            {
                Run(ended, first.Id, id, user, Guid.CreateVersion7(created), age + (long)EndedSince.TotalMilliseconds);
                continue;
            }

            Run(grant, first.Id, id, user, Guid.CreateVersion7(created), age);
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
