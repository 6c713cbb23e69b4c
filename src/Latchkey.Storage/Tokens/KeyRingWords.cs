namespace Latchkey.Storage.Tokens;

/// <summary>What an operator is told when the key ring does not open what lies in the database; each place it is kept in has its own way out.</summary>
internal sealed record KeyRingWords(string Wrong);
