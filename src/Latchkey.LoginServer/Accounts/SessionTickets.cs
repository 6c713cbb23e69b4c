using Latchkey.Storage.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;

namespace Latchkey.LoginServer.Accounts;

/// <summary>
/// Keeps logins in the database, so that the cookie holds nothing but a key, and ending a session (logout, a new
/// password, a disabled account) counts at the next request on every node.
/// </summary>
internal sealed class SessionTickets(
    SessionStore sessions, TimeProvider clock, IOptions<LoginSessionOptions> options) : ITicketStore
{
    public Task<string> StoreAsync(AuthenticationTicket ticket) =>
        throw new NotSupportedException("The cookie handler calls the overload that has the request.");

    public async Task<string> StoreAsync(AuthenticationTicket ticket, HttpContext httpContext, CancellationToken cancellationToken)
    {
        var login = LoginSession.Of(ticket.Principal) ?? throw new ArgumentException("Not a login's ticket.", nameof(ticket));
        var session = new NewSession(
            login.SessionId,
            login.UserId,
            EndOf(clock.GetUtcNow()),
            httpContext.Connection.RemoteIpAddress?.ToString(),
            Shown(httpContext.Request.Headers.UserAgent));
        return (await sessions.CreateAsync(session, cancellationToken))?.Reveal() ?? throw new UserEndedException();
    }

    public Task RenewAsync(string key, AuthenticationTicket ticket) => Task.CompletedTask;

    public async Task<AuthenticationTicket?> RetrieveAsync(string key) => await RetrieveAsync(key, CancellationToken.None);

    public async Task<AuthenticationTicket?> RetrieveAsync(string key, CancellationToken cancellationToken)
    {
        if (!SessionKey.TryParse(key, out var sessionKey) || await sessions.FindAsync(sessionKey, cancellationToken) is not { } session)
        {
            return null;
        }

        var now = clock.GetUtcNow();

        // Each use puts the end off, but one write in a while is enough to say so.
        if (now - session.LastSeenAt > options.Value.Idle / 16)
        {
            var end = Earlier(EndOf(now), session.CreatedAt + options.Value.Absolute);
            if (!await sessions.RenewAsync(sessionKey, end, cancellationToken))
            {
                return null;
            }
        }

        return LoginSession.TicketOf(session);
    }

    public async Task RemoveAsync(string key)
    {
        if (SessionKey.TryParse(key, out var sessionKey))
        {
            await sessions.DeleteAsync(sessionKey);
        }
    }

    private DateTimeOffset EndOf(DateTimeOffset now) => now + (options.Value.Idle < options.Value.Absolute ? options.Value.Idle : options.Value.Absolute);

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    // For the person's own list of sessions; bounded, and without anything that could break a line or a page.
    private static string? Shown(string? userAgent) =>
        userAgent is null ? null : new string([.. userAgent.Take(200).Where(c => c is >= ' ' and <= '~')]);
}
