using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Latchkey.Storage.Sqlite;

/// <summary>Every connection Entity Framework opens is set up as ours are.</summary>
internal sealed class SqliteSettings(SqliteConnections connections) : DbConnectionInterceptor
{
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) =>
        SqliteConnections.Execute((SqliteConnection)connection, connections.Settings);

    public override Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        ConnectionOpened(connection, eventData);
        return Task.CompletedTask;
    }

    public override void ConnectionFailed(DbConnection connection, ConnectionErrorEventData eventData) =>
        SqliteCommands.ThrowIfUnavailable(eventData.Exception);

    public override Task ConnectionFailedAsync(
        DbConnection connection, ConnectionErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        SqliteCommands.ThrowIfUnavailable(eventData.Exception);
        return Task.CompletedTask;
    }
}

/// <summary>A database that cannot answer is the same exception whoever asked.</summary>
internal sealed class SqliteCommands : DbCommandInterceptor
{
    public static void ThrowIfUnavailable(Exception exception)
    {
        if (exception is SqliteException failure && SqliteFailures.IsUnavailable(failure))
        {
            throw SqliteFailures.Unavailable(failure);
        }
    }

    public override void CommandFailed(DbCommand command, CommandErrorEventData eventData) => ThrowIfUnavailable(eventData.Exception);

    public override Task CommandFailedAsync(
        DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        ThrowIfUnavailable(eventData.Exception);
        return Task.CompletedTask;
    }
}
