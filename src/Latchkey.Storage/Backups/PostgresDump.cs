using Latchkey.Storage.Postgres;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Latchkey.Storage.Backups;

/// <summary>How PostgreSQL's own <c>pg_dump</c> finds the database that a connection string names.</summary>
public sealed class PostgresDump
{
    private readonly NpgsqlConnectionStringBuilder _settings;

    private PostgresDump(NpgsqlConnectionStringBuilder settings, string? schema) => (_settings, Schema) = (settings, schema);

    /// <summary>The schema it has to itself, as PostgreSQL writes its name; null when that is the whole database.</summary>
    public string? Schema { get; }

    /// <summary>
    /// Variables of <c>pg_dump</c>'s environment, the password among them when the connection string has it: a command line can be
    /// read by every user of the machine.
    /// </summary>
    public IReadOnlyDictionary<string, string> Environment
    {
        get
        {
            var hosts = _settings.Host!.Split(',').Select(h => h.Trim()).ToList();
            var variables = new Dictionary<string, string?>
            {
                ["PGHOST"] = string.Join(',', hosts.Select(h => Split(h).Host)),
                ["PGPORT"] = string.Join(',', hosts.Select(h => Split(h).Port)),
                ["PGUSER"] = _settings.Username,
                ["PGDATABASE"] = _settings.Database ?? _settings.Username,
                ["PGPASSWORD"] = _settings.Password,
                ["PGPASSFILE"] = _settings.Passfile,
                ["PGSSLMODE"] = _settings.SslMode switch
                {
                    SslMode.VerifyCA => "verify-ca",
                    SslMode.VerifyFull => "verify-full",
                    var mode => mode.ToString().ToLowerInvariant(),
                },
                ["PGSSLROOTCERT"] = _settings.RootCertificate,
                ["PGSSLCERT"] = _settings.SslCertificate,
                ["PGSSLKEY"] = _settings.SslKey,
                ["PGTARGETSESSIONATTRS"] = hosts.Count > 1 ? _settings.TargetSessionAttributes : null,
            };
            return variables.Where(v => !string.IsNullOrEmpty(v.Value)).ToDictionary(v => v.Key, v => v.Value!);
        }
    }

    /// <exception cref="StartupException">The database cannot be reached, is none of Latchkey's, or would not be dumped whole.</exception>
    public static async Task<PostgresDump> OfAsync(StorageOptions options, CancellationToken cancellationToken = default)
    {
        await using var connections = new PostgresConnections(Options.Create(options));
        try
        {
            await using var connection = connections.Apart();
            await connection.OpenAsync(cancellationToken);
            if ((await PostgresSchema.AppliedAsync(connection, cancellationToken)).Count == 0)
            {
                throw new StartupException($"There is no Latchkey database in {connections.Settings.Database} at {connections.Settings.Host}.");
            }

            await RefuseSpreadAsync(connection, cancellationToken);
            return new PostgresDump(connections.Settings, await SchemaAsync(connection, connections.Settings, cancellationToken));
        }
        catch (NpgsqlException exception)
        {
            throw PostgresRefusals.Of(exception, connections.Settings);
        }
    }

    // Of several names in a search path the first that is there counts, and it may be the user's own.
    private static async Task<string?> SchemaAsync(NpgsqlConnection connection, NpgsqlConnectionStringBuilder settings, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT current_schema()", connection);
        return string.IsNullOrEmpty(settings.SearchPath) ? null : (string?)await command.ExecuteScalarAsync(cancellationToken);
    }

    // pg_dump takes the definition of a table that lies elsewhere and leaves its rows out, without a word.
    private static async Task RefuseSpreadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT string_agg(DISTINCT s.srvname, ', ')
            FROM pg_foreign_table t JOIN pg_class c ON c.oid = t.ftrelid JOIN pg_foreign_server s ON s.oid = t.ftserver
                JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = current_schema()
            """,
            connection);
        if (await command.ExecuteScalarAsync(cancellationToken) is string servers)
        {
            throw new StartupException(
                $"Some grants lie on other servers ({servers}), and a dump of this database would leave them out. "
                + "Back up each server by PostgreSQL's own means (pg_basebackup and its log), so that all can be taken back to one moment.");
        }
    }

    private (string Host, string Port) Split(string host)
    {
        // A path is a directory with a socket, and more than one colon is an address of version 6.
        var colon = host.LastIndexOf(':');
        return host.StartsWith('/') || colon < 0 || host.Count(c => c == ':') > 1
            ? (host, _settings.Port.ToString())
            : (host[..colon], host[(colon + 1)..]);
    }
}
