namespace Latchkey.Storage.Moving;

/// <summary>How many rows a table has, and the SHA-256 over the text of each in the order of their keys.</summary>
public sealed record TableSum(long Rows, string Sha256);
