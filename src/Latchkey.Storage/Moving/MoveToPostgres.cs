using System.Security.Cryptography;
using System.Text;
using Latchkey.Storage.Postgres;
using Latchkey.Storage.Sqlite;
using Latchkey.Storage.Tokens;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Latchkey.Storage.Moving;

/// <summary>
/// Makes a PostgreSQL database what a SQLite one is, keys and all, so that every token, session and secret stays good. First what
/// differs is deleted, then what is missing is copied: a first run copies everything, one after a kill goes on, and one after
/// the old server has stopped brings the rest. Then both sides are read again and compared.
/// </summary>
public sealed class MoveToPostgres
{
    private const int ReportEvery = 20_000;

    private readonly SqliteSource _source;
    private readonly PostgresTarget _target;
    private readonly IReadOnlyList<MoveTable> _tables;
    private readonly KeyRingMove _keyRing;
    private readonly Action<MoveProgress> _report;

    private MoveToPostgres(SqliteSource source, PostgresTarget target, IReadOnlyList<MoveTable> tables, KeyRingMove keyRing, Action<MoveProgress> report)
    {
        _source = source;
        _target = target;
        _tables = tables;
        _keyRing = keyRing;
        _report = report;
    }

    /// <summary>
    /// Moves what is in <paramref name="directory"/> to the database of <paramref name="target"/>, which must be empty or one that
    /// an earlier run began to fill. A server may run on the directory; the result says so, and no server starts on the database
    /// before a run without one. Where the sides differ in the end, none starts either.
    /// </summary>
    /// <param name="report">Told every 20,000 rows of a table, and at its end.</param>
    /// <exception cref="StartupException">One of the sides cannot be used; the message says what to do.</exception>
    public static async Task<MoveResult> RunAsync(
        string directory, StorageOptions target, Action<MoveProgress> report, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        await using var from = Services(o => o.DataDirectory = directory);
        await using var to = Services(o => (o.Database, o.KeyFile) = (target.Database, target.KeyFile));
        var connections = to.GetRequiredService<PostgresConnections>();
        try
        {
            var keyFile = to.GetRequiredService<KeyFile>();
            using var source = OpenSource(from);
            await using var there = to.GetRequiredService<Func<PostgresDbContext>>()();
            await using var opened = await PostgresTarget.OpenAsync(connections, there, NameOf(source), cancellationToken);
            await using var here = from.GetRequiredService<Func<SqliteDbContext>>()();
            var keyRing = new KeyRingMove(from.GetRequiredService<SqliteConnections>().Options.KeysDirectory, keyFile, opened.Connection);
            var move = new MoveToPostgres(source, opened, MoveTables.Of(here.Model, there.Model), keyRing, report);
            return await move.RunAsync((PostgresDatabase)to.GetRequiredService<Database>(), keyFile, cancellationToken);
        }
        catch (NpgsqlException exception)
        {
            throw PostgresRefusals.Of(exception, connections.Settings);
        }
        catch (Exception exception) when (exception is SqliteException or StorageUnavailableException { InnerException: SqliteException })
        {
            throw new StartupException($"The SQLite database in {directory} cannot be read: {exception.Message}", exception);
        }
    }

    private async Task<MoveResult> RunAsync(PostgresDatabase database, KeyFile keyFile, CancellationToken cancellationToken)
    {
        var removed = new Dictionary<MoveTable, long>();
        foreach (var table in _tables.Reverse())
        {
            removed[table] = await RemoveAsync(table, cancellationToken);
        }

        var copied = new Dictionary<MoveTable, long>();
        foreach (var table in _tables)
        {
            copied[table] = await CopyAsync(table, cancellationToken);
        }

        var ring = await _keyRing.RunAsync(cancellationToken);
        var moved = new List<MovedTable>
        {
            new(KeyRingMove.Table, ring.Copied, ring.Removed, Sum(KeyRingMove.Lines(_keyRing.Source)), Sum(KeyRingMove.Lines(await _keyRing.TargetAsync(cancellationToken)))),
        };
        foreach (var table in _tables)
        {
            moved.Add(new MovedTable(
                table.Name, copied[table], removed[table], Sum(_source.Rows(table).Select(r => r.Text)), await SumAsync(table, cancellationToken)));
        }

        var result = new MoveResult(_source.Alone, moved);
        if (!result.Different.Any())
        {
            // As a server will when it starts: the ring opens under the key file, and opens every token key.
            await database.RefuseWithoutKeyRingAsync(_target.Connection, keyFile, cancellationToken);
            await _target.ExecuteAsync(MoveMark.End(_source.Alone), cancellationToken);
        }

        return result;
    }

    private async Task<long> RemoveAsync(MoveTable table, CancellationToken cancellationToken)
    {
        var removed = 0L;
        var surplus = Differences.SurplusAsync(_source.Rows(table), _target.RowsAsync(table, cancellationToken), cancellationToken);
        await _target.DeleteAsync(table, surplus.Select(Counted), cancellationToken);
        return removed;

        MoveRow Counted(MoveRow row)
        {
            removed++;
            return row;
        }
    }

    private async Task<long> CopyAsync(MoveTable table, CancellationToken cancellationToken)
    {
        var (copied, read, all) = (0L, 0L, _source.Count(table));
        var missing = Differences.MissingAsync(_source.Rows(table).Select(Reported), _target.RowsAsync(table, cancellationToken), cancellationToken);
        await _target.CopyAsync(table, missing.Select(Counted), cancellationToken);
        if (table.Numbered is not null)
        {
            await _target.NumberFromAsync(table, _source.LastNumber(table), cancellationToken);
        }

        _report(new MoveProgress(table.Name, all, all));
        return copied;

        MoveRow Counted(MoveRow row)
        {
            copied++;
            return row;
        }

        MoveRow Reported(MoveRow row)
        {
            if (++read % ReportEvery == 0 && read < all)
            {
                _report(new MoveProgress(table.Name, read, all));
            }

            return row;
        }
    }

    private async Task<TableSum> SumAsync(MoveTable table, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var rows = 0L;
        await foreach (var row in _target.RowsAsync(table, cancellationToken))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(row.Text));
            rows++;
        }

        return new TableSum(rows, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static TableSum Sum(IEnumerable<string> lines)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var rows = 0L;
        foreach (var line in lines)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(line));
            rows++;
        }

        return new TableSum(rows, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static SqliteSource OpenSource(IServiceProvider services)
    {
        var connections = services.GetRequiredService<SqliteConnections>();
        var options = connections.Options;
        SqliteFile.Check(options);
        if (!File.Exists(options.DatabaseFile))
        {
            throw new StartupException($"There is no Latchkey database in {Path.GetFullPath(options.DataDirectory)}.");
        }

        KeyRingFiles.RefuseReadableByOthers(options.KeysDirectory);
        var source = SqliteSource.Open(connections);
        try
        {
            ((SqliteDatabase)services.GetRequiredService<Database>()).RefuseUnfit(source.Connection);
            return SqliteSchema.Applied(source.Connection).SequenceEqual(SqliteSchema.Migrations)
                ? source
                : throw new StartupException(
                    $"{options.DatabaseFile} was written by an older version. Bring it up to date first: latchkey user list --data {options.DataDirectory}");
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    // What no other installation has and this one always will: the first of its token keys, as it is wrapped.
    private static string NameOf(SqliteSource source)
    {
        using var first = new Statement(source.Connection, "SELECT wrapped FROM token_keys ORDER BY id LIMIT 1");
        return first.Step()
            ? Convert.ToHexStringLower(SHA256.HashData(first.Bytes(0)))
            : throw new StartupException("There is nothing to move: no server has started on the directory. Begin on PostgreSQL with: latchkey serve");
    }

    // The keys are looked at here, and none is made.
    private static ServiceProvider Services(Action<StorageOptions> configure) => new ServiceCollection()
        .AddLatchkeyStorage(configure)
        .Configure<KeyManagementOptions>(o => o.AutoGenerateKeys = false)
        .BuildServiceProvider();
}
