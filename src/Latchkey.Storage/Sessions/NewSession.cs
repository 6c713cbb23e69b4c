namespace Latchkey.Storage.Sessions;

/// <param name="Id">A version 7 id the caller made.</param>
public sealed record NewSession(Guid Id, Guid UserId, DateTimeOffset ExpiresAt, string? Ip = null, string? UserAgent = null);
