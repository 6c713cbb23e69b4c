namespace Latchkey.Storage.Moving;

/// <summary>How far a move is within one table.</summary>
public sealed record MoveProgress(string Table, long Rows, long Of);
