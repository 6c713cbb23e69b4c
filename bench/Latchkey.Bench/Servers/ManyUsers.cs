using Microsoft.Data.Sqlite;

namespace Latchkey.Bench.Servers;

/// <summary>Copies the one user that the server made, with the consent they gave, under other ids and names.</summary>
internal sealed class ManyUsers(string file)
{
    // What no two users may share; the server numbers them by a counter.
    private static readonly Dictionary<string, string> Differing = new()
    {
        ["id"] = "$id",
        ["uid"] = "uid + $n",
        ["user_name"] = "user_name || $n",
        ["normalized_user_name"] = "normalized_user_name || $n",
        ["email"] = "$n || email",
        ["normalized_email"] = "$n || normalized_email",
    };

    public IReadOnlyList<Guid> Add(int count)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString);
        connection.Open();
        using var transaction = connection.BeginTransaction();
        var columns = Columns(connection);
        using var user = Command(connection, $"""
            INSERT INTO users ({string.Join(", ", columns)})
            SELECT {string.Join(", ", columns.Select(c => Differing.GetValueOrDefault(c, c)))} FROM users ORDER BY uid LIMIT 1
            """);
        using var consent = Command(connection, """
            INSERT INTO consents (user_id, client_id, scopes, created_at, updated_at)
            SELECT $id, client_id, scopes, created_at, updated_at FROM consents ORDER BY id LIMIT 1
            """);
        var ids = Enumerable.Range(1, count).Select(_ => Guid.CreateVersion7()).ToList();
        for (var i = 0; i < count; i++)
        {
            foreach (var command in (SqliteCommand[])[user, consent])
            {
                command.Parameters[0].Value = ids[i].ToByteArray(bigEndian: true);
                command.Parameters[1].Value = i + 1;
                command.ExecuteNonQuery();
            }
        }

        using var counter = Command(connection, "UPDATE counters SET value = value + $n WHERE name = 'uid' AND $id IS NULL");
        counter.Parameters[0].Value = DBNull.Value;
        counter.Parameters[1].Value = count;
        counter.ExecuteNonQuery();
        transaction.Commit();
        return ids;
    }

    private static List<string> Columns(SqliteConnection connection)
    {
        using var command = Command(connection, "SELECT name FROM pragma_table_info('users')");
        using var reader = command.ExecuteReader();
        var columns = new List<string>();
        while (reader.Read())
        {
            columns.Add(reader.GetString(0));
        }

        return columns;
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this file and names of columns.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.Parameters.Add("$id", SqliteType.Blob);
        command.Parameters.Add("$n", SqliteType.Integer);
        return command;
    }
}
