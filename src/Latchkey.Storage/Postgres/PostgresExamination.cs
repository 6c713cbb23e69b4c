using Latchkey.Storage.Examination;
using Npgsql;

namespace Latchkey.Storage.Postgres;

/// <summary>Reads what a start would read of the database and the key file, in the same order, and takes no lock.</summary>
internal sealed class PostgresExamination(PostgresDatabase database, PostgresConnections connections, Func<KeyFile> keyFile, TimeProvider clock)
{
    // A code lives a minute or so: nodes that differ by more than this judge it differently.
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(5);

    /// <summary>True when the database is there and of this version.</summary>
    public async Task<bool> RunAsync(Findings findings, CancellationToken cancellationToken)
    {
        KeyFile? key = null;
        if (findings.Look("key file", () => key = keyFile()))
        {
            findings.Right("key file", $"{Path.GetFullPath(connections.Options.KeyFile!)}, for its owner only.");
        }

        var usable = false;
        await findings.LookAsync("database", async () =>
        {
            try
            {
                await using var connection = connections.Apart();
                await connection.OpenAsync(cancellationToken);
                usable = await LookAsync(connection, key, findings, cancellationToken);
            }
            catch (NpgsqlException exception)
            {
                throw PostgresRefusals.Of(exception, connections.Settings);
            }
        });
        return usable;
    }

    private async Task<bool> LookAsync(NpgsqlConnection connection, KeyFile? key, Findings findings, CancellationToken cancellationToken)
    {
        var server = await ServerAsync(connection, cancellationToken);
        Clock(server.Now, findings);
        if (server.ReadOnly)
        {
            findings.Wrong("database", PostgresRefusals.ReadOnly(connections.Settings));
            return false;
        }

        var applied = await PostgresDatabase.RefuseUnknownAsync(connection, cancellationToken);
        if (applied.Count < PostgresSchema.Migrations.Count)
        {
            var owner = server.MayCreate ? "" : $" {connections.Settings.Username} may not make tables there: make it the database's owner.";
            findings.Add(
                "database",
                server.MayCreate ? Verdict.Doubtful : Verdict.Wrong,
                $"{Place} is {(applied.Count == 0 ? "empty" : "of an earlier version")}; the next start makes it ready.{owner}");
        }
        else
        {
            findings.Right("database", $"{Place}, PostgreSQL {connection.PostgreSqlVersion}, of this version.");
        }

        if (applied.Count > 0 && key is not null
            && await findings.LookAsync("key ring", () => database.RefuseWithoutKeyRingAsync(connection, key, cancellationToken)))
        {
            findings.Right("key ring", "Opens every key that seals tokens.");
        }

        return applied.Count == PostgresSchema.Migrations.Count;
    }

    private string Place => $"{connections.Settings.Database ?? connections.Settings.Username} at {connections.Settings.Host}:{connections.Settings.Port}";

    private void Clock(DateTimeOffset database, Findings findings)
    {
        var difference = (clock.GetUtcNow() - database).Duration();
        if (difference > Apart)
        {
            findings.Wrong("clock", $"This machine and the database's differ by {difference.TotalSeconds:0} seconds. Set the clock of the one that is wrong (timedatectl): every server must agree when a token ends.");
        }
    }

    private static async Task<Server> ServerAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "SELECT clock_timestamp(), current_setting('transaction_read_only')::bool, coalesce(has_schema_privilege(current_schema(), 'CREATE'), false)", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new Server(reader.GetFieldValue<DateTimeOffset>(0), reader.GetBoolean(1), reader.GetBoolean(2));
    }

    private sealed record Server(DateTimeOffset Now, bool ReadOnly, bool MayCreate);
}
