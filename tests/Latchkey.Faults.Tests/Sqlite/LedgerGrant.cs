namespace Latchkey.Faults.Tests.Sqlite;

/// <summary>What was asked about one grant, in order. Only one thing is asked at a time.</summary>
internal sealed class LedgerGrant((string Code, string Verifier) authorization)
{
    private readonly List<LedgerEntry> _entries = [];

    public (string Code, string Verifier) Authorization => authorization;

    public void Add(LedgerEntry entry) => _entries.Add(entry);

    /// <summary>What follows from the entries; an acknowledgement after the given number counts as none.</summary>
    public LedgerState State(int acknowledged = int.MaxValue) => _entries.Aggregate(new LedgerState(), (state, entry) =>
    {
        var counts = entry.Number <= acknowledged;
        return entry.Act switch
        {
            LedgerAct.Revoke => state with { Revoked = counts ? Told.Acknowledged : state.Revoked == Told.Acknowledged ? state.Revoked : Told.NoAnswer },
            _ when counts => state with { Access = entry.Access, Refresh = entry.Refresh, Refreshed = Told.Nothing },
            LedgerAct.Refresh => state with { Refreshed = Told.NoAnswer },
            _ => state,
        };
    });
}

internal enum LedgerAct
{
    Redeem,
    Refresh,
    Revoke,
}

/// <param name="Number">The how-manieth acknowledgement of the ledger; null when there was no answer, or one that says "not now".</param>
internal sealed record LedgerEntry(LedgerAct Act, int? Number, string? Access, string? Refresh);

/// <summary>The newest acknowledged pair, and what became of the requests after it.</summary>
internal sealed record LedgerState(string? Access = null, string? Refresh = null, Told Refreshed = Told.Nothing, Told Revoked = Told.Nothing);

internal enum Told
{
    /// <summary>Nobody asked.</summary>
    Nothing,

    /// <summary>It may have happened.</summary>
    NoAnswer,

    Acknowledged,
}
