using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Latchkey.Storage.Sqlite;

/// <summary>
/// Which migrations a database has had, by plain SQL: a start on an up-to-date database does not pay for building Entity
/// Framework's model.
/// </summary>
internal static class SqliteSchema
{
    /// <summary>Every migration of this version, oldest first. A test compares it with Entity Framework's own list.</summary>
    public static readonly IReadOnlyList<string> Migrations =
        [
            "20261124000000_Initial", "20261124000100_Belongings", "20261125000000_SessionsWithoutTickets", "20261125000100_UserSettings",
            "20261126000000_LoginFailures", "20261126000100_NamesById", "20261129000000_PlacesOfConsent",
        ];

    public static IReadOnlyList<string> Applied(SqliteConnection connection) =>
        Exists(connection, "__EFMigrationsHistory")
            ? Texts(connection, "SELECT MigrationId FROM __EFMigrationsHistory ORDER BY MigrationId")
            : [];

    /// <summary>Tables, but none that keeps our history: another program's database.</summary>
    public static bool IsForeign(SqliteConnection connection) =>
        !Exists(connection, "__EFMigrationsHistory") && Texts(connection, "SELECT name FROM sqlite_master LIMIT 1").Count > 0;

    public static bool Exists(SqliteConnection connection, string table)
    {
        using var statement = new Statement(connection, "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?1");
        statement.Bind(1, table);
        return statement.Step();
    }

    /// <summary>
    /// The statements that bring a database from <paramref name="applied"/> to this version, history rows included. Entity
    /// Framework's own Migrate is not used: its lock is a table row, which a killed process leaves behind for ever.
    /// </summary>
    public static string Script(DbContext context, IReadOnlyList<string> applied) => context.GetService<IMigrator>().GenerateScript(
        applied.Count == 0 ? Migration.InitialDatabase : applied[^1], Migrations[^1], MigrationsSqlGenerationOptions.NoTransactions);

    private static List<string> Texts(SqliteConnection connection, string sql)
    {
        using var statement = new Statement(connection, sql);
        var texts = new List<string>();
        while (statement.Step())
        {
            texts.Add(statement.Text(0));
        }

        return texts;
    }
}
