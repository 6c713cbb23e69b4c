namespace Latchkey.Storage.Grants;

/// <summary>What <see cref="GrantRecall"/> ended.</summary>
public sealed record Recalled(int Grants, int Sessions);
