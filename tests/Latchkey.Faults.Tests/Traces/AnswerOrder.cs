namespace Latchkey.Faults.Tests.Traces;

/// <summary>Whether what an answer promises was on the disk before its first byte was sent.</summary>
internal static class AnswerOrder
{
    private static ReadOnlySpan<byte> Ok => "HTTP/1.1 200"u8;

    /// <summary>True for a call that hands the first bytes of a 200 to the network.</summary>
    public static bool IsAnswer(TracedCall call) => call.Name is "sendto" or "sendmsg" or "write" or "writev" && call.Text.AsSpan().StartsWith(Ok);

    /// <summary>
    /// For each 200 in a trace of requests that came one after the other, null when the log was written and all of it synced
    /// since the one before; otherwise what is wrong.
    /// </summary>
    public static IReadOnlyList<string?> Check(IEnumerable<string> trace)
    {
        var answers = new List<string?>();
        var (written, syncing, synced) = (0, 0, 0);
        foreach (var (began, call) in TracedCall.Read(trace))
        {
            if (began && IsAnswer(call))
            {
                answers.Add(written == 0 ? "nothing was written" : synced < written ? "sent before the log was synced" : null);
                (written, synced) = (0, 0);
            }
            else if (!call.Path.EndsWith("latchkey.db-wal", StringComparison.Ordinal))
            {
                continue;
            }
            else if (call.IsSync)
            {
                // A sync answers for what was written before it began, and only once it has returned well.
                (syncing, synced) = began ? (written, synced) : (syncing, call.Result == 0 ? syncing : synced);
            }
            else if (began)
            {
                written++;
            }
        }

        return answers;
    }
}
