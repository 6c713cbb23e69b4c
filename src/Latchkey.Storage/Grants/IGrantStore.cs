using Latchkey.Core.Grants;
using Latchkey.Storage.Audit;

namespace Latchkey.Storage.Grants;

/// <summary>The grant table. Nothing caches it: what <see cref="FindAsync"/> reads is what the last commit left.</summary>
public interface IGrantStore
{
    /// <summary>One read by primary key.</summary>
    ValueTask<Grant?> FindAsync(Guid id, CancellationToken cancellationToken = default);

    /// <summary>
    /// Applies one write if the row stands as it says, together with <paramref name="audit"/>, and returns after the commit is
    /// durable. False: the row stood otherwise and nothing changed, the audit event included. An insert is also refused when its
    /// user or client is gone or not active, or the user's consent for a client that needs one is, at that moment.
    /// </summary>
    /// <exception cref="StorageUnavailableException">
    /// Nothing may be acknowledged. A connection that broke may have committed before: only reading again tells.
    /// </exception>
    Task<bool> ApplyAsync(GrantWrite write, AuditEvent? audit = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// To be awaited before an answer that acknowledges what was found and not written: returns when all that a read has shown of
    /// this grant is as durable as what <see cref="ApplyAsync"/> returned for.
    /// </summary>
    /// <exception cref="StorageUnavailableException">It may yet be lost; nothing may be acknowledged.</exception>
    Task ConfirmAsync(Guid id, CancellationToken cancellationToken = default);

    /// <summary>Oldest first. Each page is a read of its own: a list is not a snapshot.</summary>
    IAsyncEnumerable<Grant> ListAsync(GrantFilter filter, CancellationToken cancellationToken = default);
}
