namespace Latchkey.Core.Authorization;

/// <summary>Who is logged in, in which session, and since when (UTC).</summary>
public sealed record LoginFacts(Guid UserId, Guid SessionId, DateTimeOffset AuthenticatedAt);
