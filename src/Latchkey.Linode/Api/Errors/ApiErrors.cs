using System.Net;
using System.Text.Json;
using Latchkey.Protocol;

namespace Latchkey.Linode;

/// <summary>Reads what an answer that is not 2xx has to say.</summary>
internal static class ApiErrors
{
    private const string NeededHeader = "X-Accepted-OAuth-Scopes";
    private const string TokenHeader = "X-OAuth-Scopes";

    /// <summary>
    /// True when the token is known and lacks a scope. Linode says so with 401, where only these headers tell it from a
    /// token that is no good.
    /// </summary>
    public static bool LacksScope(HttpResponseMessage answer) =>
        answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
        && ScopesIn(answer, TokenHeader) is { } has
        && ScopesIn(answer, NeededHeader) is { } needs
        && !has.Covers(needs);

    public static async Task<LinodeApiException> ReadAsync(HttpResponseMessage answer, TimeProvider clock, CancellationToken cancellationToken)
    {
        using (answer)
        {
            var read = await ReadBodyAsync(answer, clock, cancellationToken);
            var said = read.Errors.Count > 0
                ? string.Join(" ", read.Errors.Select(e => e.Field is null ? e.Reason : $"{e.Field}: {e.Reason}"))
                : "no reason given";
            var message = $"HTTP {(int)read.Status} from {answer.RequestMessage?.Method} {answer.RequestMessage?.RequestUri?.AbsolutePath}: {said}";
            return LacksScope(answer)
                ? new LinodeScopeException(read, $"{message} The call needs \"{read.NeededScopes}\" and the token has \"{read.TokenScopes}\"; ask for it at the next login.")
                : read.Status == HttpStatusCode.Unauthorized
                    ? new LinodeTokenException(read, $"{message} Refresh the token, or send the person to log in again.")
                    : new LinodeApiException(read, message);
        }
    }

    public static LinodeApiException NotTheApi(HttpResponseMessage answer, Exception? inner = null) => new(
        new ApiErrorAnswer(answer.StatusCode, [], null, null, null),
        $"What answered {answer.RequestMessage?.RequestUri?.AbsolutePath} (HTTP {(int)answer.StatusCode}) is not Linode's API. Check the base address, and what stands between.",
        inner);

    private static async Task<ApiErrorAnswer> ReadBodyAsync(HttpResponseMessage answer, TimeProvider clock, CancellationToken cancellationToken)
    {
        IReadOnlyList<LinodeApiError> errors = [];
        try
        {
            var bytes = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
            var body = JsonSerializer.Deserialize(bytes, ApiJson.Default.ErrorBody);
            errors = [.. (body?.Errors ?? []).Select(e => new LinodeApiError(e?.Reason ?? "no reason given", e?.Field))];
        }
        catch (JsonException)
        {
            // A proxy's page; the status says all there is.
        }

        return new ApiErrorAnswer(
            answer.StatusCode,
            errors,
            ScopesIn(answer, NeededHeader),
            ScopesIn(answer, TokenHeader),
            Retries.AskedToWait(answer, clock));
    }

    // "unknown" is what stands there without a valid token; it is no scope.
    private static ScopeSet? ScopesIn(HttpResponseMessage answer, string header) =>
        answer.Headers.TryGetValues(header, out var values)
        && string.Join(' ', values) is var text and not "unknown"
        && ScopeSet.TryParse(text, out var scopes)
            ? scopes
            : default(ScopeSet?);
}

internal sealed record ApiErrorAnswer(
    HttpStatusCode Status, IReadOnlyList<LinodeApiError> Errors, ScopeSet? NeededScopes, ScopeSet? TokenScopes, TimeSpan? RetryAfter);

internal sealed class ErrorBody
{
    public IReadOnlyList<ReasonAnswer?>? Errors { get; set; }
}
