using System.Diagnostics;
using Latchkey.Core.Grants;
using Latchkey.Storage.Audit;
using Latchkey.Storage.Telemetry;

namespace Latchkey.Storage.Writes;

/// <summary>One grant write on its way to a commit.</summary>
internal sealed class QueuedWrite(GrantWrite write, AuditEvent? audit, long since = 0, ActivityContext origin = default)
    : TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    /// <summary>When it was queued, as <see cref="StorageTelemetry.Now"/> said.</summary>
    public long Since => since;

    /// <summary>The trace it belongs to; the default when nobody traces.</summary>
    public ActivityContext Origin => origin;

    public GrantWrite Write => write;

    /// <summary>Written in the same transaction, if the write applies.</summary>
    public AuditEvent? Audit => audit;

    /// <summary>Set by the database; told to the caller after the commit.</summary>
    public bool Applied { get; set; }

    /// <summary>Called just before the caller is answered.</summary>
    public Action<QueuedWrite>? Settling { get; set; }

    public void Answer()
    {
        Settling?.Invoke(this);
        SetResult(Applied);
    }

    public void Fail(Exception why)
    {
        Settling?.Invoke(this);
        SetException(why);
    }
}
