using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Latchkey.Storage.Postgres;

/// <summary>A database that cannot answer is the same exception whoever asked.</summary>
internal sealed class PostgresCommandFailures : DbCommandInterceptor
{
    public override void CommandFailed(DbCommand command, CommandErrorEventData eventData) =>
        PostgresFailures.ThrowIfUnavailable(eventData.Exception);

    public override Task CommandFailedAsync(DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        PostgresFailures.ThrowIfUnavailable(eventData.Exception);
        return Task.CompletedTask;
    }
}

internal sealed class PostgresConnectionFailures : DbConnectionInterceptor
{
    public override void ConnectionFailed(DbConnection connection, ConnectionErrorEventData eventData) =>
        PostgresFailures.ThrowIfUnavailable(eventData.Exception);

    public override Task ConnectionFailedAsync(
        DbConnection connection, ConnectionErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        PostgresFailures.ThrowIfUnavailable(eventData.Exception);
        return Task.CompletedTask;
    }
}
