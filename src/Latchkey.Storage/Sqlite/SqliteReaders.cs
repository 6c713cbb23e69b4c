using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Latchkey.Storage.Sqlite;

/// <summary>Reading connections at rest. A point read takes one, reads some microseconds on the caller's thread, and puts it back.</summary>
internal class SqliteReaders(SqliteConnections connections) : IDisposable
{
    private const int MaxIdle = 32;

    // Most of the time one is enough, and taking it from here allocates nothing.
    private PreparedConnection? _first;
    private readonly ConcurrentStack<PreparedConnection> _idle = new();
    private int _idleCount;
    private volatile bool _disposed;

    /// <summary>Runs one prepared statement and reads what it found.</summary>
    public TResult Read<TArgument, TResult>(string sql, TArgument argument, Func<Statement, TArgument, TResult> read) => Use(
        (sql, argument, read),
        static (reader, of) =>
        {
            var statement = reader.Prepare(of.sql);
            var result = of.read(statement, of.argument);
            statement.Reset();
            return result;
        });

    /// <summary>
    /// Two prepared statements in one read of the database: SQLite ends it when the last statement is reset, and to start and
    /// end a read costs more than a row does.
    /// </summary>
    public TResult ReadBoth<TArgument, TResult>(
        string first, string second, TArgument argument, Func<Statement, Statement, TArgument, TResult> read) => Use(
        (first, second, argument, read),
        static (reader, of) =>
        {
            var (first, second) = (reader.Prepare(of.first), reader.Prepare(of.second));
            var result = of.read(first, second, of.argument);
            second.Reset();
            first.Reset();
            return result;
        });

    /// <summary>
    /// What each connection keeps in memory, in units of 1,024 bytes. Inner pages first: those of a million grants nearly fit, of ten
    /// million only the upper ones (docs/performance.md).
    /// </summary>
    protected virtual int Cache => 16_000;

    public void Dispose()
    {
        _disposed = true;
        Interlocked.Exchange(ref _first, null)?.Dispose();
        while (_idle.TryPop(out var reader))
        {
            reader.Dispose();
        }

        // Entity Framework's idle connections too: the last one to close folds the log into the database.
        using var pooled = new SqliteConnection(connections.PooledConnectionString);
        SqliteConnection.ClearPool(pooled);
    }

    private TResult Use<TArgument, TResult>(TArgument argument, Func<PreparedConnection, TArgument, TResult> use)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var reader = Take();
        try
        {
            var result = use(reader, argument);
            PutBack(reader);
            return result;
        }
        catch
        {
            // A statement that failed is half way through something: the connection is not used again.
            reader.Dispose();
            throw;
        }
    }

    private PreparedConnection Take()
    {
        if (Interlocked.Exchange(ref _first, null) is { } first)
        {
            return first;
        }

        if (_idle.TryPop(out var reader))
        {
            Interlocked.Decrement(ref _idleCount);
            return reader;
        }

        return new PreparedConnection(connections.OpenReader(Cache));
    }

    private void PutBack(PreparedConnection reader)
    {
        if (!_disposed && Interlocked.CompareExchange(ref _first, reader, null) is null)
        {
            return;
        }

        if (_disposed || Interlocked.Increment(ref _idleCount) > MaxIdle)
        {
            Interlocked.Decrement(ref _idleCount);
            reader.Dispose();
            return;
        }

        _idle.Push(reader);
    }
}

/// <summary>
/// For what is read in its order, a sweep's walk over the whole table above all: each page is needed once, and in a cache that lasts it
/// would drive out those that every request needs.
/// </summary>
internal sealed class SqliteListReaders(SqliteConnections connections) : SqliteReaders(connections)
{
    protected override int Cache => 1_000;
}
