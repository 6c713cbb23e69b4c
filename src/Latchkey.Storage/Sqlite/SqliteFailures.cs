using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Latchkey.Storage.Sqlite;

/// <summary>Which of SQLite's result codes mean that the surroundings broke, and not the statement.</summary>
internal static class SqliteFailures
{
    public static void Check(sqlite3 connection, int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw Of(connection, code);
        }
    }

    public static Exception Of(sqlite3 connection, int code)
    {
        var message = raw.sqlite3_errmsg(connection).utf8_to_string();
        var exception = new SqliteException(message, code & 0xff, raw.sqlite3_extended_errcode(connection));
        return IsUnavailable(exception) ? Unavailable(exception) : exception;
    }

    public static bool IsUnavailable(SqliteException exception) => exception.SqliteErrorCode is
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_NOMEM or raw.SQLITE_READONLY or raw.SQLITE_IOERR or raw.SQLITE_CORRUPT
        or raw.SQLITE_FULL or raw.SQLITE_CANTOPEN or raw.SQLITE_PROTOCOL or raw.SQLITE_NOTADB or raw.SQLITE_INTERRUPT;

    public static StorageUnavailableException Unavailable(SqliteException exception) =>
        new("The database cannot answer now: " + exception.Message, exception);
}
