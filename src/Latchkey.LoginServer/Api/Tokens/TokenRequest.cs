using System.Globalization;
using Latchkey.Protocol;

namespace Latchkey.LoginServer.Api.Tokens;

/// <summary>What a personal access token is asked for with. What is wrong is noted on the body.</summary>
internal sealed record TokenRequest(string Label, ScopeSet Scopes, DateTimeOffset? Expiry)
{
    private const int LongestLabel = 100;
    private const string Unnamed = "Personal access token";

    // A token says its end in seconds since 1970 that fill four bytes.
    private static readonly DateTimeOffset Latest = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly string[] DateFormats = ["yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss'Z'"];

    public static TokenRequest Read(RequestBody body, ScopeSet acting, ScopeCatalogue catalogue, DateTimeOffset now) =>
        new(LabelOf(body) ?? Unnamed, ScopesOf(body, acting, catalogue), ExpiryOf(body, now));

    /// <summary>Null when none was sent, or none that will do.</summary>
    public static string? LabelOf(RequestBody body) => ApiLabel.Read(body, LongestLabel);

    // Left out, or all of them: what the acting token has. A token never makes a wider one.
    private static ScopeSet ScopesOf(RequestBody body, ScopeSet acting, ScopeCatalogue catalogue)
    {
        if (body.String("scopes") is not { } text)
        {
            return acting;
        }

        if (!ScopeSet.TryParse(text, out var scopes) || scopes.IsEmpty || !catalogue.Unknown(scopes = catalogue.Modernize(scopes)).IsEmpty)
        {
            body.Refuse("scopes", "scopes must name scopes of this server, separated by spaces, or be *.");
            return ScopeSet.Empty;
        }

        if (scopes == ScopeSet.Everything)
        {
            return acting;
        }

        if (acting.Narrow(scopes) is { } narrowed)
        {
            return narrowed;
        }

        body.Refuse("scopes", "scopes must not reach further than those of the token that asks.");
        return ScopeSet.Empty;
    }

    private static DateTimeOffset? ExpiryOf(RequestBody body, DateTimeOffset now)
    {
        if (body.String("expiry") is not { } text)
        {
            return null;
        }

        if (!DateTimeOffset.TryParseExact(text, DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expiry)
            || expiry <= now || expiry >= Latest)
        {
            body.Refuse("expiry", "expiry must be a moment in the future, before 2100, written as 2030-12-31T23:59:59 (UTC).");
        }

        return expiry;
    }
}
