using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace Latchkey.Storage.Postgres;

/// <summary>Which migrations a database has had, by plain SQL, as for SQLite: a start on an up-to-date database builds no model.</summary>
internal static class PostgresSchema
{
    /// <summary>Every migration of this version, oldest first. A test compares it with Entity Framework's own list.</summary>
    public static readonly IReadOnlyList<string> Migrations = ["20261125000000_Initial", "20261126000000_LoginFailures", "20261129000000_PlacesOfConsent"];

    public static async Task<IReadOnlyList<string>> AppliedAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        await ExistsAsync(connection, "__EFMigrationsHistory", cancellationToken)
            ? await TextsAsync(connection, "SELECT \"MigrationId\" FROM \"__EFMigrationsHistory\" ORDER BY 1", cancellationToken)
            : [];

    /// <summary>Tables, but none that keeps our history: another program's schema.</summary>
    public static async Task<bool> IsForeignAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        !await ExistsAsync(connection, "__EFMigrationsHistory", cancellationToken)
        && (await TextsAsync(
            connection, "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema() LIMIT 1", cancellationToken)).Count > 0;

    public static async Task<bool> ExistsAsync(NpgsqlConnection connection, string table, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "SELECT 1 FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = $1", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = table });
        return await command.ExecuteScalarAsync(cancellationToken) is not null;
    }

    /// <summary>The statements that bring a database from <paramref name="applied"/> to this version, history rows included.</summary>
    public static string Script(DbContext context, IReadOnlyList<string> applied) => context.GetService<IMigrator>().GenerateScript(
        applied.Count == 0 ? Migration.InitialDatabase : applied[^1], Migrations[^1], MigrationsSqlGenerationOptions.NoTransactions);

    private static async Task<List<string>> TextsAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var texts = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            texts.Add(reader.GetString(0));
        }

        return texts;
    }
}
