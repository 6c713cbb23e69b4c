using System.Net;
using System.Text.Json;
using Latchkey.Protocol;

namespace Latchkey.Linode;

/// <summary>Tells a token from a refusal from something that is not OAuth at all.</summary>
internal static class TokenAnswerReader
{
    // Linode's access tokens live this long; it says so itself, but RFC 6749 §5.1 lets a server leave it out.
    private static readonly TimeSpan UsualLifetime = TimeSpan.FromHours(2);

    /// <summary>Throws for what says nothing about the grant: a server in trouble, or a redirect.</summary>
    public static HttpResponseMessage RefuseWhatIsNoAnswer(HttpResponseMessage answer, TimeProvider clock)
    {
        var status = answer.StatusCode;
        LinodeOAuthException? trouble = (int)status switch
        {
            408 or 429 or >= 500 => new OAuthUnreachableException(
                $"The login server cannot answer just now (HTTP {(int)status}). Try again in a moment.",
                status: status,
                retryAfter: Retries.AskedToWait(answer, clock)),
            >= 300 and < 400 => new NotOAuthException(
                $"The login server answered with a redirect (HTTP {(int)status}), which is not followed. Check the base address.", status),
            _ => null,
        };
        if (trouble is null)
        {
            return answer;
        }

        answer.Dispose();
        throw trouble;
    }

    /// <param name="answer">What came back.</param>
    /// <param name="asked">The scopes where it names none.</param>
    /// <param name="clock">What tells the time.</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    /// <param name="kept">The refresh token where it brings none.</param>
    public static async Task<OAuthTokenResult> ReadAsync(
        HttpResponseMessage answer, ScopeSet asked, TimeProvider clock, CancellationToken cancellationToken, RefreshToken? kept = null)
    {
        if (answer.StatusCode != HttpStatusCode.OK)
        {
            return OAuthTokenResult.Refused(await ReadRefusalAsync(answer, cancellationToken));
        }

        var token = await ReadJsonAsync(answer, cancellationToken);
        if (string.IsNullOrEmpty(token.AccessToken))
        {
            throw NotOAuth(answer, "holds no access_token");
        }

        if (!string.Equals(token.TokenType, "bearer", StringComparison.OrdinalIgnoreCase))
        {
            throw NotOAuth(answer, "is not for a bearer token");
        }

        // Absent means what was asked for (RFC 6749 §5.1); empty means that nothing was granted.
        if (!TryReadScopes(token, asked, out var scopes) || token.ExpiresIn is < 0 or > int.MaxValue)
        {
            throw NotOAuth(answer, "has a malformed scope or expires_in");
        }

        var lifetime = token.ExpiresIn is { } seconds ? TimeSpan.FromSeconds(seconds) : UsualLifetime;
        return OAuthTokenResult.Success(new OAuthToken(
            new AccessToken(token.AccessToken),
            scopes,
            clock.GetUtcNow() + lifetime,
            string.IsNullOrEmpty(token.RefreshToken) ? kept : new RefreshToken(token.RefreshToken)));
    }

    public static async Task<OAuthRefusal> ReadRefusalAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var refusal = await ReadJsonAsync(answer, cancellationToken);
        var reason = refusal.Errors is { Count: > 0 } reasons ? reasons[0]?.Reason : null;
        if (!string.IsNullOrEmpty(refusal.Error))
        {
            return Refusals.FromServer(refusal.Error, refusal.ErrorDescription ?? reason);
        }

        // Linode's own form has no code, so the status has to stand in for it. The API has the same form, and its 404 says that this is
        // no token endpoint: taken for a dead grant, it would send everybody to log in again.
        return (reason, answer.StatusCode) switch
        {
            ({ } why, HttpStatusCode.Unauthorized) => Refusals.FromServer("invalid_client", why),
            ({ } why, HttpStatusCode.BadRequest or HttpStatusCode.Forbidden) => Refusals.FromServer("invalid_grant", why),
            _ => throw NotOAuth(answer, "holds no error"),
        };
    }

    private static bool TryReadScopes(TokenAnswer token, ScopeSet asked, out ScopeSet scopes)
    {
        scopes = asked;
        return (token.Scope ?? token.Scopes) is not { } text || ScopeSet.TryParse(text, out scopes);
    }

    private static async Task<TokenAnswer> ReadJsonAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        try
        {
            var bytes = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
            return JsonSerializer.Deserialize(bytes, LoginJson.Default.TokenAnswer) ?? throw NotOAuth(answer, "is null");
        }
        catch (JsonException)
        {
            // Without the inner exception: its path and excerpt come from a body that may hold a token.
            throw NotOAuth(answer, "is not JSON of a token endpoint");
        }
    }

    private static NotOAuthException NotOAuth(HttpResponseMessage answer, string what) =>
        new($"What answered (HTTP {(int)answer.StatusCode}) {what}. Check the base address, and what stands between.", answer.StatusCode);
}
