using System.Security.Cryptography;
using Latchkey.Storage.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace Latchkey.LoginServer.Accounts;

/// <summary>
/// Keeps login tickets in the database, so that the cookie holds nothing but a key, and ending a session (logout, a new
/// password, a disabled account) counts at the next request on every node.
/// </summary>
internal sealed class SessionTickets(
    SessionStore sessions,
    IDataProtectionProvider protection,
    TimeProvider clock,
    IOptions<LoginSessionOptions> options) : ITicketStore
{
    private readonly IDataProtector _protector = protection.CreateProtector("Latchkey.SessionTicket.v1");

    public Task<string> StoreAsync(AuthenticationTicket ticket) =>
        throw new NotSupportedException("The cookie handler calls the overload that has the request.");

    public async Task<string> StoreAsync(AuthenticationTicket ticket, HttpContext httpContext, CancellationToken cancellationToken)
    {
        var login = LoginSession.Of(ticket.Principal) ?? throw new ArgumentException("Not a login's ticket.", nameof(ticket));
        var session = new NewSession(
            login.SessionId,
            login.UserId,
            _protector.Protect(TicketSerializer.Default.Serialize(ticket)),
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
            if (!await sessions.RenewAsync(sessionKey, session.Ticket, end, cancellationToken))
            {
                return null;
            }
        }

        return Unprotect(session.Ticket);
    }

    public async Task RemoveAsync(string key)
    {
        if (SessionKey.TryParse(key, out var sessionKey))
        {
            await sessions.DeleteAsync(sessionKey);
        }
    }

    private AuthenticationTicket? Unprotect(byte[] ticket)
    {
        try
        {
            return TicketSerializer.Default.Deserialize(_protector.Unprotect(ticket));
        }
        catch (CryptographicException)
        {
            // Sealed with a key that is gone; whoever it was logs in again.
            return null;
        }
    }

    private DateTimeOffset EndOf(DateTimeOffset now) => now + (options.Value.Idle < options.Value.Absolute ? options.Value.Idle : options.Value.Absolute);

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    // For the person's own list of sessions; bounded, and without anything that could break a line or a page.
    private static string? Shown(string? userAgent) =>
        userAgent is null ? null : new string([.. userAgent.Take(200).Where(c => c is >= ' ' and <= '~')]);
}
