using System.Collections.Concurrent;
using System.Security.Cryptography;
using Latchkey.LoginServer.Security;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace Latchkey.LoginServer.Accounts;

/// <summary>
/// A stranger can lock an account by failing on purpose; the owner must still get in from a browser that was logged in
/// before. Such a browser carries a sealed mark, and its failures are counted apart from everybody else's.
/// </summary>
internal sealed class KnownBrowsers(
    IDataProtectionProvider protection,
    TimeProvider clock,
    IOptions<LoginServerOptions> server,
    IOptions<LoginThrottleOptions> throttle)
{
    private const int MaxCounted = 10_000;
    private static readonly TimeSpan Life = TimeSpan.FromDays(365);

    private readonly IDataProtector _protector = protection.CreateProtector("Latchkey.KnownBrowser.v1");
    private readonly ConcurrentDictionary<Guid, (int Failures, DateTimeOffset Until)> _failures = new();

    /// <summary>The browser's own number when this user has logged in with it before; otherwise null.</summary>
    public Guid? Find(HttpContext context, Guid userId)
    {
        if (context.Request.Cookies[CookieNames.KnownBrowser(server.Value)] is not { Length: > 0 and < 1024 } cookie)
        {
            return null;
        }

        try
        {
            var parts = _protector.Unprotect(cookie).Split(' ');
            return parts is [var user, var browser] && Guid.TryParse(user, out var u) && u == userId && Guid.TryParse(browser, out var b) ? b : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public bool IsLocked(Guid browser) =>
        _failures.TryGetValue(browser, out var f) && f.Failures >= throttle.Value.FailuresPerAccount && clock.GetUtcNow() < f.Until;

    public void CountFailure(Guid browser)
    {
        var now = clock.GetUtcNow();
        if (_failures.Count >= MaxCounted)
        {
            foreach (var (key, value) in _failures)
            {
                if (value.Until <= now)
                {
                    _failures.TryRemove(key, out _);
                }
            }
        }

        var until = now + throttle.Value.AccountLock;
        _failures.AddOrUpdate(browser, (1, until), (_, f) => (now < f.Until ? f.Failures + 1 : 1, until));
    }

    /// <summary>Marks this browser after a login; the mark alone opens nothing.</summary>
    public void Remember(HttpContext context, Guid userId)
    {
        if (Find(context, userId) is { } browser)
        {
            _failures.TryRemove(browser, out _);
            return;
        }

        context.Response.Cookies.Append(
            CookieNames.KnownBrowser(server.Value),
            _protector.Protect($"{userId:D} {Guid.CreateVersion7(clock.GetUtcNow()):D}"),
            new CookieOptions
            {
                HttpOnly = true,
                Secure = server.Value.IsHttps,
                SameSite = SameSiteMode.Lax,
                Path = "/",
                MaxAge = Life,
                IsEssential = true,
            });
    }
}
