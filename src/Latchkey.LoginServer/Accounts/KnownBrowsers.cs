using System.Security.Cryptography;
using Latchkey.LoginServer.Security;
using Latchkey.Storage.Accounts;
using Latchkey.Storage.Model;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace Latchkey.LoginServer.Accounts;

/// <summary>
/// A stranger can lock an account by failing on purpose; the owner must still get in from a browser that was logged in
/// before. Such a browser carries a sealed mark, and its failures are counted apart from everybody else's.
/// </summary>
internal sealed class KnownBrowsers(
    IDataProtectionProvider protection,
    LoginFailureStore failures,
    TimeProvider clock,
    IOptions<LoginServerOptions> server,
    IOptions<LoginThrottleOptions> throttle)
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(365);

    private readonly IDataProtector _protector = protection.CreateProtector("Latchkey.KnownBrowser.v1");

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

    /// <summary>How often this browser has failed in a row and not long ago.</summary>
    public async Task<int> FailuresAsync(Guid browser, CancellationToken cancellationToken) =>
        // What counts for longer than a lock lasts was counted under a clock that was set back since.
        await failures.FindAsync(NameOf(browser), cancellationToken) is var (count, until) && until - clock.GetUtcNow() <= throttle.Value.AccountLock ? count : 0;

    /// <summary>One more of them, as part of the write that records it.</summary>
    public Task CountFailureAsync(LatchkeyDbContext db, Guid browser, CancellationToken cancellationToken) =>
        failures.AddAsync(db, NameOf(browser), _ => clock.GetUtcNow() + throttle.Value.AccountLock, cancellationToken);

    /// <summary>After the right password, as part of the write that records it.</summary>
    public static Task ForgetFailuresAsync(LatchkeyDbContext db, Guid browser, CancellationToken cancellationToken) =>
        LoginFailureStore.ClearAsync(db, NameOf(browser), cancellationToken);

    /// <summary>Marks this browser after a login; the mark alone opens nothing.</summary>
    public void Remember(HttpContext context, Guid userId)
    {
        if (Find(context, userId) is not null)
        {
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

    private static string NameOf(Guid browser) => $"browser {browser:D}";
}
