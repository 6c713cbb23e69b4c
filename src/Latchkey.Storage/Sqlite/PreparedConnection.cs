using Microsoft.Data.Sqlite;

namespace Latchkey.Storage.Sqlite;

/// <summary>One connection and the statements it has prepared so far. For one user at a time.</summary>
internal sealed class PreparedConnection(SqliteConnection connection) : IDisposable
{
    // Keyed by the constant's reference: each statement's text is written once in the source.
    private readonly Dictionary<string, Statement> _statements = new(ReferenceEqualityComparer.Instance);

    public Statement Prepare(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            statement = new Statement(connection, sql);
            _statements.Add(sql, statement);
        }

        return statement;
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        connection.Dispose();
    }
}
