using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Latchkey.Storage.Sqlite;

/// <summary>
/// One prepared statement, spoken to through the library's own calls: the hot statements run some hundred thousand times a
/// minute, and a command object's reader, boxing and parameter lookup would cost several times the work itself.
/// </summary>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;

    public Statement(SqliteConnection connection, string sql)
    {
        _connection = connection.Handle ?? throw new InvalidOperationException("The connection is not open.");
        SqliteFailures.Check(_connection, raw.sqlite3_prepare_v3(_connection, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    public void Bind(int parameter, long value) =>
        SqliteFailures.Check(_connection, raw.sqlite3_bind_int64(_statement, parameter, value));

    public void Bind(int parameter, ReadOnlySpan<byte> value) =>
        SqliteFailures.Check(_connection, raw.sqlite3_bind_blob(_statement, parameter, value));

    public void Bind(int parameter, string? value) => SqliteFailures.Check(
        _connection,
        value is null ? raw.sqlite3_bind_null(_statement, parameter) : raw.sqlite3_bind_text(_statement, parameter, value));

    public void Bind(int parameter, Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        Bind(parameter, bytes);
    }

    public void Bind(int parameter, Guid? value)
    {
        if (value is { } id)
        {
            Bind(parameter, id);
        }
        else
        {
            Bind(parameter, (string?)null);
        }
    }

    public void Bind(int parameter, DateTimeOffset value) => Bind(parameter, value.ToUnixTimeMilliseconds());

    public void Bind(int parameter, DateTimeOffset? value)
    {
        if (value is { } time)
        {
            Bind(parameter, time);
        }
        else
        {
            Bind(parameter, (string?)null);
        }
    }

    /// <summary>True when there is a row to read.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(_statement);
        return code switch
        {
            raw.SQLITE_ROW => true,
            raw.SQLITE_DONE => false,
            _ => throw SqliteFailures.Of(_connection, code),
        };
    }

    /// <summary>Runs a statement that returns nothing and says how many rows it changed.</summary>
    public int Execute()
    {
        Step();
        var changed = raw.sqlite3_changes(_connection);
        Reset();
        return changed;
    }

    /// <summary>Ends the read and makes the statement ready for its next use.</summary>
    public void Reset() => raw.sqlite3_reset(_statement);

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    public long Int64(int column) => raw.sqlite3_column_int64(_statement, column);

    public int Int32(int column) => raw.sqlite3_column_int(_statement, column);

    public bool Boolean(int column) => Int32(column) != 0;

    public string Text(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string();

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public byte[] Bytes(int column) => raw.sqlite3_column_blob(_statement, column).ToArray();

    public Guid Guid(int column) => new(raw.sqlite3_column_blob(_statement, column), bigEndian: true);

    public Guid? GuidOrNull(int column) => IsNull(column) ? null : Guid(column);

    public DateTimeOffset Time(int column) => DateTimeOffset.FromUnixTimeMilliseconds(Int64(column));

    public DateTimeOffset? TimeOrNull(int column) => IsNull(column) ? null : Time(column);

    public void Dispose() => _statement.Dispose();
}
