using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Latchkey.Bench.OpenIddict;

/// <summary>Lets SQLite itself wait for the write lock, in steps of milliseconds; the driver alone tries again every 150 ms.</summary>
internal sealed class FinerWaiting : DbConnectionInterceptor
{
    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA busy_timeout=30000";
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
