using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Latchkey.Storage.Sqlite;

/// <summary>
/// Whether the disk keeps what it is told to keep. Linux reports a failed sync once and then takes the pages for written: what
/// is read back may not be on the disk, and a later commit after it would be acknowledged on top of a hole. So one failure ends
/// all writing by this process. The next start folds the log into the database, which writes everything anew.
/// </summary>
internal sealed class SqliteSyncs
{
    public const string Failed =
        "The disk did not keep what was written. Nothing more is written until the server is started again; look after the disk first.";

    private volatile bool _failed;

    public bool HaveFailed => _failed;

    /// <exception cref="StorageUnavailableException">A sync failed before.</exception>
    public void RefuseAfterFailure()
    {
        if (_failed)
        {
            throw new StorageUnavailableException(Failed);
        }
    }

    /// <summary>Takes note of what stopped a write.</summary>
    public void Note(Exception broken)
    {
        if ((broken as SqliteException ?? broken.InnerException as SqliteException)?.SqliteExtendedErrorCode
            is raw.SQLITE_IOERR_FSYNC or raw.SQLITE_IOERR_DIR_FSYNC)
        {
            _failed = true;
        }
    }
}
