using System.Diagnostics;

namespace Latchkey.Faults.Tests.Postgres;

/// <summary>What has to be true of a grant, by what its app was answered.</summary>
internal enum Standing
{
    /// <summary>Its code was not sent yet.</summary>
    Fresh,

    /// <summary>Redeemed, and the app was told so.</summary>
    Alive,

    /// <summary>Revoked, and the app was told so.</summary>
    Dead,

    /// <summary>An answer is missing: either, but the same on each node.</summary>
    Unknown,
}

/// <summary>What one app knows of one grant: what it was answered, in order. One worker at a time has it.</summary>
internal sealed class LedgerEntry(int number, (string Code, string Verifier) authorization)
{
    public int Number => number;

    public (string Code, string Verifier) Authorization => authorization;

    /// <summary>When the code was issued; it lives a minute.</summary>
    public long IssuedAt { get; } = Stopwatch.GetTimestamp();

    public Standing Standing { get; set; }

    /// <summary>Every access token received, the oldest first.</summary>
    public List<string> Access { get; } = [];

    /// <summary>Every refresh token received, the oldest first.</summary>
    public List<string> Refresh { get; } = [];

    /// <summary>When the last refresh token was first sent, if its answer is missing.</summary>
    public long? DoubtfulSince { get; set; }

    public void Receive(Answer tokens)
    {
        Access.Add(tokens.Access);
        Refresh.Add(tokens.Refresh);
        DoubtfulSince = null;
    }
}
