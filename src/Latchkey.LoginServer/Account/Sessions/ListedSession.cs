using Latchkey.Storage.Sessions;

namespace Latchkey.LoginServer.Account.Sessions;

/// <summary>A login session as its owner sees it in their list; without its ticket.</summary>
public sealed record ListedSession(Guid Id, string Browser, string? Ip, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, bool Current)
{
    /// <summary>The one that asks first, then the newest.</summary>
    internal static IReadOnlyList<ListedSession> Of(IEnumerable<Session> sessions, Guid current) =>
    [
        .. sessions
            .Select(s => new ListedSession(s.Id, BrowserName.Of(s.UserAgent), s.Ip, s.CreatedAt, s.LastSeenAt, s.Id == current))
            .OrderByDescending(s => s.Current),
    ];
}
