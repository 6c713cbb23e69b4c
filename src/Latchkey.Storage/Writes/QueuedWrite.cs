using Latchkey.Core.Grants;
using Latchkey.Storage.Audit;

namespace Latchkey.Storage.Writes;

/// <summary>One grant write on its way to a commit.</summary>
internal sealed class QueuedWrite(GrantWrite write, AuditEvent? audit)
    : TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public GrantWrite Write => write;

    /// <summary>Written in the same transaction, if the write applies.</summary>
    public AuditEvent? Audit => audit;

    /// <summary>Set by the database; told to the caller after the commit.</summary>
    public bool Applied { get; set; }
}
