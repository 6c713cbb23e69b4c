using Npgsql;

namespace Latchkey.Storage.Postgres;

/// <summary>Which failures mean that the surroundings broke, and not the statement.</summary>
internal static class PostgresFailures
{
    // The driver has no name for it: idle_in_transaction_session_timeout.
    private const string IdleInTransaction = "25P03";

    /// <summary>
    /// The transaction was certainly rolled back because it met another one; running it again is safe. A connection that broke is
    /// not among these: nobody knows whether its last commit happened.
    /// </summary>
    public static bool MayRunAgain(Exception exception) =>
        Find(exception) is PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected };

    public static bool IsUnavailable(NpgsqlException exception) =>
        exception is not PostgresException { SqlState: var state } refused
        || MayRunAgain(exception)
        || state is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.InvalidCatalogName
            or IdleInTransaction
        || ConcernsAll(refused)
        || state[..2] is
            "58" // disk
            or "XX"; // damaged

    /// <summary>Whether any other statement would have met the same.</summary>
    public static bool ConcernsAll(PostgresException exception) => exception.SqlState[..2] is
        "08" // connection
        or "28" // who we are
        or "53" // no memory, disk or connection left
        or "57"; // shutting down, starting up, cancelled

    public static StorageUnavailableException Unavailable(NpgsqlException exception) =>
        new("The database cannot answer now: " + exception.Message, exception);

    /// <summary>Throws what every caller understands when the database cannot answer; otherwise returns.</summary>
    public static void ThrowIfUnavailable(Exception exception)
    {
        if (Find(exception) is { } failure && IsUnavailable(failure))
        {
            throw Unavailable(failure);
        }
    }

    private static NpgsqlException? Find(Exception? exception)
    {
        while (exception is not (null or NpgsqlException))
        {
            exception = exception.InnerException;
        }

        return (NpgsqlException?)exception;
    }
}
