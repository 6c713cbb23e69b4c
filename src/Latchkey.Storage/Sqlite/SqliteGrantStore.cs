using Latchkey.Core.Grants;
using Latchkey.Storage.Audit;
using Latchkey.Storage.Grants;
using Latchkey.Storage.Writes;

namespace Latchkey.Storage.Sqlite;

internal sealed class SqliteGrantStore(SqliteReaders readers, SqliteListReaders lists, WriteQueue queue) : IGrantStore
{
    private const string ById = $"SELECT {GrantTable.Columns} FROM grants WHERE id = ?1";

    // The user and client columns have an index each; "?n IS NULL OR" would keep SQLite from using them.
    private const string Page = $"SELECT {GrantTable.Columns} FROM grants WHERE id > ?1 AND (?2 = 0 OR state <> 2)";
    private const string End = " ORDER BY id LIMIT ?5";
    private const string OfAll = Page + End;
    private const string OfUser = Page + " AND user_id = ?3" + End;
    private const string OfClient = Page + " AND client_id = ?4" + End;
    private const string OfBoth = Page + " AND user_id = ?3 AND client_id = ?4" + End;

    public ValueTask<Grant?> FindAsync(Guid id, CancellationToken cancellationToken = default) => new(readers.Read(
        ById,
        id,
        static (statement, id) =>
        {
            statement.Bind(1, id);
            return statement.Step() ? GrantColumns.Read(statement) : null;
        }));

    public Task<bool> ApplyAsync(GrantWrite write, AuditEvent? audit = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(write);
        return queue.ApplyAsync(write, audit, cancellationToken);
    }

    // A commit is shown after it was synced.
    public Task ConfirmAsync(Guid id, CancellationToken cancellationToken = default) => Task.CompletedTask;

    public IAsyncEnumerable<Grant> ListAsync(GrantFilter filter, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var sql = (filter.UserId, filter.ClientId) switch
        {
            (null, null) => OfAll,
            (_, null) => OfUser,
            (null, _) => OfClient,
            _ => OfBoth,
        };
        return GrantPages.ListAsync(
            (after, _) => new(lists.Read(sql, (filter, after), static (statement, of) => ReadPage(statement, of.filter, of.after))), cancellationToken);
    }

    private static List<Grant> ReadPage(Statement statement, GrantFilter filter, Guid after)
    {
        statement.Bind(1, after);
        statement.Bind(2, filter.LivingOnly ? 1 : 0);
        if (filter.UserId is { } user)
        {
            statement.Bind(3, user);
        }

        if (filter.ClientId is { } client)
        {
            statement.Bind(4, client);
        }

        statement.Bind(5, GrantPages.Size);
        var page = new List<Grant>();
        while (statement.Step())
        {
            page.Add(GrantColumns.Read(statement));
        }

        return page;
    }
}
