namespace Latchkey.Storage.Moving;

/// <summary>What a move did.</summary>
/// <param name="Alone">Nobody else could write to the SQLite database while it ran, so everything there is has arrived.</param>
public sealed record MoveResult(bool Alone, IReadOnlyList<MovedTable> Tables)
{
    /// <summary>The tables that are not the same on both sides.</summary>
    public IEnumerable<MovedTable> Different => Tables.Where(t => t.Source != t.Target);
}
