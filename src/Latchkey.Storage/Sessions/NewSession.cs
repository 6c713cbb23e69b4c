namespace Latchkey.Storage.Sessions;

/// <param name="Id">A version 7 id the caller made, since the ticket may name it.</param>
public sealed record NewSession(Guid Id, Guid UserId, byte[] Ticket, DateTimeOffset ExpiresAt, string? Ip = null, string? UserAgent = null);
