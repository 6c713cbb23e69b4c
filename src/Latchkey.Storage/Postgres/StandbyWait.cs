using Npgsql;

namespace Latchkey.Storage.Postgres;

/// <summary>
/// Listens while a commit waits for the standbys. A wait that is cut short, by the driver's timeout or by an administrator, is
/// reported as a success with a warning: the commit stands on the primary, and a failover may lose it. So it counts as unknown.
/// </summary>
internal sealed class StandbyWait : IDisposable
{
    // Where in PostgreSQL the warning comes from; its text is in the language of the server.
    private const string Routine = "SyncRepWaitForLSN";

    private readonly NpgsqlConnection _connection;
    private bool _cutShort;

    public StandbyWait(NpgsqlConnection connection)
    {
        _connection = connection;
        connection.Notice += Hear;
    }

    /// <summary>Call it after the commit and before anybody is told of it.</summary>
    /// <exception cref="StorageUnavailableException">No standby is known to have it.</exception>
    public void ThrowIfCutShort()
    {
        if (_cutShort)
        {
            throw new StorageUnavailableException("No standby confirmed the commit in time.");
        }
    }

    public void Dispose() => _connection.Notice -= Hear;

    private void Hear(object sender, NpgsqlNoticeEventArgs told) => _cutShort |= told.Notice.Routine == Routine;
}
