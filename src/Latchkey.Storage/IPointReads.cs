using Latchkey.Core.Consent;
using Latchkey.Protocol;
using Latchkey.Storage.Accounts;
using Latchkey.Storage.Grants;
using Latchkey.Storage.Model;
using Latchkey.Storage.Sessions;

namespace Latchkey.Storage;

/// <summary>
/// The reads that stand in the way of every request, each one prepared statement by key. Supplied by each database; the
/// stores that own the subjects offer them. SQLite answers on the caller's thread, so the tasks have ended when they return.
/// </summary>
internal interface IPointReads
{
    /// <summary>The row, unless it is gone or still at <paramref name="knownVersion"/>.</summary>
    ValueTask<ClientReading> ClientAsync(string id, long knownVersion, CancellationToken cancellationToken);

    /// <summary>The same, and in one trip with it a grant and its user's name.</summary>
    ValueTask<(ClientReading Client, NamedGrant? Grant)> ClientAndGrantAsync(
        string id, long knownVersion, Guid grantId, CancellationToken cancellationToken);

    /// <summary>The client's row in the same way, and in one trip with it what the user agreed to for it at that place.</summary>
    ValueTask<(ClientReading Client, ScopeSet? Consent)> ClientAndConsentAsync(
        string id, long knownVersion, Guid userId, ConsentPlace place, CancellationToken cancellationToken);

    ValueTask<ScopeSet?> ConsentAsync(Guid userId, string clientId, ConsentPlace place, CancellationToken cancellationToken);

    ValueTask<Session?> SessionAsync(byte[] keyHash, DateTimeOffset now, CancellationToken cancellationToken);

    ValueTask<UserProfile?> UserAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Every key as it is kept, wrapped. Not awaited: a token is opened in the middle of a calculation, and keys are read every few seconds.</summary>
    IReadOnlyList<TokenKeyRow> TokenKeys();
}

/// <summary>What a look at a client found; no row and not unchanged means that there is none.</summary>
internal readonly record struct ClientReading(ClientRow? Row, bool Unchanged);
