using System.Collections.Concurrent;
using Latchkey.Core.Clients;
using Latchkey.Core.Consent;
using Latchkey.Protocol;
using Latchkey.Storage.Grants;

namespace Latchkey.Storage.Clients;

/// <summary>
/// The clients as every request of an app reads them. The row's version is read each time; only the parsing is saved when it has not
/// moved, so a change by another process counts at the next call.
/// </summary>
internal sealed class KnownClients(IPointReads reads)
{
    private const int MaxParsed = 10_000;

    private readonly ConcurrentDictionary<string, Parsed> _parsed = new(StringComparer.Ordinal);

    public ValueTask<Client?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var known = _parsed.GetValueOrDefault(id);
        var reading = reads.ClientAsync(id, known?.Version ?? 0, cancellationToken);

        // SQLite has answered by now, at every call of every app: no state machine is made for it.
        return reading.IsCompletedSuccessfully ? new(Take(id, known, reading.Result)) : WaitAsync(id, known, reading);
    }

    public async ValueTask<(Client? Client, NamedGrant? Grant)> FindWithGrantAsync(string id, Guid grantId, CancellationToken cancellationToken)
    {
        var known = _parsed.GetValueOrDefault(id);
        var (client, grant) = await reads.ClientAndGrantAsync(id, known?.Version ?? 0, grantId, cancellationToken);
        return (Take(id, known, client), grant);
    }

    public async ValueTask<(Client? Client, ScopeSet? Consent)> FindWithConsentAsync(
        string id, Guid userId, ConsentPlace place, CancellationToken cancellationToken)
    {
        var known = _parsed.GetValueOrDefault(id);
        var (client, consent) = await reads.ClientAndConsentAsync(id, known?.Version ?? 0, userId, place, cancellationToken);
        return (Take(id, known, client), consent);
    }

    /// <summary>For one that has been removed: it need not take up room.</summary>
    public void Forget(string id) => _parsed.TryRemove(id, out _);

    private async ValueTask<Client?> WaitAsync(string id, Parsed? known, ValueTask<ClientReading> reading) => Take(id, known, await reading);

    private Client? Take(string id, Parsed? known, ClientReading reading)
    {
        if (reading.Unchanged)
        {
            return known!.Client;
        }

        if (reading.Row is not { } row)
        {
            return null;
        }

        var client = row.ToClient();
        if (_parsed.Count >= MaxParsed)
        {
            _parsed.Clear();
        }

        _parsed[id] = new Parsed(row.Version, client);
        return client;
    }

    private sealed record Parsed(long Version, Client Client);
}
