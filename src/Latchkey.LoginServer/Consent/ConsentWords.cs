using Latchkey.Core.Authorization;
using Latchkey.Core.Clients;
using Latchkey.Core.Tokens;

namespace Latchkey.LoginServer.Consent;

/// <summary>Facts of a request, put the way a person would.</summary>
internal static class ConsentWords
{
    /// <summary>Where the browser goes after the answer.</summary>
    public static string Destination(string redirectUri)
    {
        var uri = new Uri(redirectUri);
        return RedirectUriRules.IsLoopback(redirectUri) ? $"{uri.Authority} (this computer)"
            : uri.Scheme == Uri.UriSchemeHttps ? uri.Authority
            : $"{uri.Scheme} (an app on this device)";
    }

    /// <summary>How long the access that is asked for lasts.</summary>
    public static string Lifetime(ValidRequest request, TokenLifetimes lifetimes) =>
        NewGrant.IsRefreshable(request)
            ? $"{Words(lifetimes.Access)} at a time; the app can renew it for up to {Words(lifetimes.Grant)}"
            : Words(lifetimes.Access);

    internal static string Words(TimeSpan time) =>
        time.TotalDays >= 2 ? Count((int)time.TotalDays, "day")
        : time.TotalHours >= 1 ? Count((int)time.TotalHours, "hour")
        : time.TotalMinutes >= 1 ? Count((int)time.TotalMinutes, "minute")
        : Count((int)time.TotalSeconds, "second");

    private static string Count(int number, string unit) => number == 1 ? $"1 {unit}" : $"{number} {unit}s";
}
