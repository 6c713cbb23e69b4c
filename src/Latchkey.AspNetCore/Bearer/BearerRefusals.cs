using System.Globalization;
using System.Text;
using Latchkey.Protocol;
using Microsoft.AspNetCore.Http;

namespace Latchkey.AspNetCore;

/// <summary>How a refused request is answered.</summary>
/// <remarks>RFC 6750 §3, §3.1.</remarks>
internal static class BearerRefusals
{
    public static async Task WriteAsync(HttpContext http, LatchkeyBearerOptions options, LatchkeyBearerEvents events, OAuthError? refusal)
    {
        var needed = NeededBy(http);
        var status = refusal is null ? StatusCodes.Status401Unauthorized
            : refusal == OAuthErrors.InsufficientScope ? options.MissingScopeStatus
            : refusal.Status;
        http.Response.StatusCode = status;
        if (refusal == OAuthErrors.TemporarilyUnavailable)
        {
            http.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(options.RetryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }
        else
        {
            http.Response.Headers.Append("WWW-Authenticate", Challenge(options.Realm, refusal, needed));
        }

        http.Response.Headers.CacheControl = "no-store";
        var context = new BearerRefusalContext(http, status, refusal, needed);
        await events.OnRefusal(context);
        if (!context.Handled && options.LinodeErrors)
        {
            await LinodeAnswers.WriteAsync(http, refusal);
        }
    }

    public static ScopeSet NeededBy(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetOrderedMetadata<ScopeRequirement>()
            .Aggregate(ScopeSet.Empty, (all, r) => all.Union(r.Scopes)) ?? ScopeSet.Empty;

    private static string Challenge(string? realm, OAuthError? refusal, ScopeSet needed)
    {
        var text = new StringBuilder("Bearer");
        Add("realm", realm?.Replace("\"", "", StringComparison.Ordinal));
        Add("error", refusal?.Code);
        Add("error_description", refusal?.Description);
        Add("scope", refusal == OAuthErrors.InsufficientScope && !needed.IsEmpty ? needed.ToString() : null);
        return text.ToString();

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                text.Append(text.Length == "Bearer".Length ? " " : ", ").Append(name).Append("=\"").Append(value).Append('"');
            }
        }
    }
}
