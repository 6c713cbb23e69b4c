using Npgsql;

namespace Latchkey.Storage.Postgres;

/// <summary>What an operator is told when a database cannot be used: what is wrong, and what to do.</summary>
internal static class PostgresRefusals
{
    public static StartupException Of(NpgsqlException exception, NpgsqlConnectionStringBuilder settings)
    {
        var where = $"{settings.Host}:{settings.Port}";
        return new(
            exception switch
            {
                PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } =>
                    $"There is no database {settings.Database} at {where}. Make it: createdb {settings.Database}",
                PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } =>
                    $"The database at {where} does not let {settings.Username} in. Check Username and Password in --database.",
                PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } =>
                    $"{settings.Username} may not make tables in the database {settings.Database}. Make it the owner: ALTER DATABASE {settings.Database} OWNER TO {settings.Username}",
                PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } => ReadOnly(settings),
                PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable } =>
                    $"Another node has been making the database at {where} ready for too long, or latchkey migrate is filling it. Try again when it is done.",
                PostgresException answered => $"The database at {where} refused: {answered.MessageText}",
                _ => $"The database at {where} cannot be reached: {exception.InnerException?.Message ?? exception.Message}",
            },
            exception);
    }

    public static string ReadOnly(NpgsqlConnectionStringBuilder settings) =>
        $"The database at {settings.Host}:{settings.Port} is read-only; it may be a standby. Name the primary, or several hosts of which one is it.";
}
