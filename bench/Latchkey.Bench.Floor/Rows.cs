using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Latchkey.Bench.Floor;

/// <summary>
/// One table, read by primary key and written by one thread that commits together whatever has come up since its last commit
/// (WAL, synchronous=FULL). Statements are prepared once and run through SQLite's own interface: the cheapest way there is.
/// </summary>
internal sealed class Rows : IDisposable
{
    private const string Schema = """
        PRAGMA journal_mode=WAL;
        CREATE TABLE IF NOT EXISTS rows (
            id BLOB PRIMARY KEY, client_id TEXT NOT NULL, scopes TEXT NOT NULL, redirect_uri TEXT NOT NULL,
            code_challenge TEXT NOT NULL, state INTEGER NOT NULL, changed_at INTEGER NOT NULL) WITHOUT ROWID;
        """;

    private readonly SqliteConnection _reading;
    private readonly SqliteConnection _writing;
    private readonly sqlite3_stmt _read;
    private readonly sqlite3_stmt _insert;
    private readonly sqlite3_stmt _update;
    private readonly sqlite3_stmt _begin;
    private readonly sqlite3_stmt _commit;
    private readonly BlockingCollection<Write> _waiting = [];
    private readonly Thread _writer;

    public Rows(string path)
    {
        var connectionString = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString;
        _writing = new SqliteConnection(connectionString);
        _reading = new SqliteConnection(connectionString);
        _writing.Open();
        Run(_writing, Schema);
        // Checkpoints as rare as Latchkey's.
        Run(_writing, "PRAGMA synchronous=FULL; PRAGMA cache_size=-16000; PRAGMA wal_autocheckpoint=4000;");
        _reading.Open();
        _read = Prepare(_reading, "SELECT state FROM rows WHERE id = ?1");
        _insert = Prepare(_writing, "INSERT INTO rows VALUES (?1, ?2, ?3, ?4, ?5, 0, ?6)");
        _update = Prepare(_writing, "UPDATE rows SET state = ?2, changed_at = ?3 WHERE id = ?1");
        _begin = Prepare(_writing, "BEGIN IMMEDIATE");
        _commit = Prepare(_writing, "COMMIT");
        _writer = new Thread(Commit) { IsBackground = true };
        _writer.Start();
    }

    /// <summary>The row's state. Reads run on the calling thread; one core has no use for two at once.</summary>
    public int Read(Guid id)
    {
        lock (_read)
        {
            BindId(_read, id);
            var state = raw.sqlite3_step(_read) == raw.SQLITE_ROW ? raw.sqlite3_column_int(_read, 0) : 2;
            _ = raw.sqlite3_reset(_read);
            return state;
        }
    }

    public Task InsertAsync(Guid id, string clientId, string scopes, string redirectUri, string codeChallenge) =>
        Enqueue(new Write(id, 0, [clientId, scopes, redirectUri, codeChallenge]));

    public Task UpdateAsync(Guid id, int state) => Enqueue(new Write(id, state, null));

    public void Dispose()
    {
        _waiting.CompleteAdding();
        _writer.Join();
        foreach (var statement in (sqlite3_stmt[])[_read, _insert, _update, _begin, _commit])
        {
            statement.Dispose();
        }

        _writing.Dispose();
        _reading.Dispose();
        _waiting.Dispose();
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        // The statements are this file's own constants.
#pragma warning disable CA2100
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private static sqlite3_stmt Prepare(SqliteConnection connection, string sql)
    {
        Check(raw.sqlite3_prepare_v3(connection.Handle!, sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement), raw.SQLITE_OK);
        return statement;
    }

    private static void BindId(sqlite3_stmt statement, Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        _ = raw.sqlite3_bind_blob(statement, 1, bytes);
    }

    private static void Step(sqlite3_stmt statement)
    {
        var code = raw.sqlite3_step(statement);
        _ = raw.sqlite3_reset(statement);
        Check(code, raw.SQLITE_DONE);
    }

    private static void Check(int code, int wanted)
    {
        if (code != wanted)
        {
            throw new InvalidOperationException($"SQLite answered {code}.");
        }
    }

    private Task Enqueue(Write write)
    {
        _waiting.Add(write);
        return write.Task;
    }

    private void Commit()
    {
        var batch = new List<Write>();
        foreach (var first in _waiting.GetConsumingEnumerable())
        {
            batch.Add(first);
            while (_waiting.TryTake(out var next))
            {
                batch.Add(next);
            }

            Step(_begin);
            foreach (var write in batch)
            {
                Apply(write);
            }

            Step(_commit);
            foreach (var write in batch)
            {
                write.SetResult();
            }

            batch.Clear();
        }
    }

    private void Apply(Write write)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var statement = write.Texts is null ? _update : _insert;
        BindId(statement, write.Id);
        if (write.Texts is { } texts)
        {
            for (var i = 0; i < texts.Length; i++)
            {
                _ = raw.sqlite3_bind_text(statement, i + 2, texts[i]);
            }

            _ = raw.sqlite3_bind_int64(statement, 6, now);
        }
        else
        {
            _ = raw.sqlite3_bind_int(statement, 2, write.State);
            _ = raw.sqlite3_bind_int64(statement, 3, now);
        }

        Step(statement);
    }

    private sealed class Write(Guid id, int state, string[]? texts)
        : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public Guid Id => id;

        public int State => state;

        public string[]? Texts => texts;
    }
}
