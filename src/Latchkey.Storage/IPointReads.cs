using Latchkey.Protocol;
using Latchkey.Storage.Accounts;
using Latchkey.Storage.Model;
using Latchkey.Storage.Sessions;

namespace Latchkey.Storage;

/// <summary>
/// The reads that stand in the way of every request, each one prepared statement by key. Supplied by each database; the
/// stores that own the subjects offer them.
/// </summary>
internal interface IPointReads
{
    /// <summary>The row, or null when it is gone or still at <paramref name="knownVersion"/>, which <paramref name="unchanged"/> tells.</summary>
    ClientRow? Client(string id, long knownVersion, out bool unchanged);

    ScopeSet? Consent(Guid userId, string clientId);

    Session? Session(ReadOnlySpan<byte> keyHash, DateTimeOffset now);

    UserProfile? User(Guid id);

    /// <summary>Every key as it is kept, wrapped.</summary>
    IReadOnlyList<TokenKeyRow> TokenKeys();
}
