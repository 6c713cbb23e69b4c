namespace Latchkey.Storage.Moving;

/// <summary>What became of a table: how many rows were copied and removed, and what each side has now.</summary>
/// <param name="Copied">Rows that were missing, or stood otherwise, in PostgreSQL.</param>
/// <param name="Removed">Rows of PostgreSQL that SQLite has no more, or has otherwise.</param>
public sealed record MovedTable(string Name, long Copied, long Removed, TableSum Source, TableSum Target);
