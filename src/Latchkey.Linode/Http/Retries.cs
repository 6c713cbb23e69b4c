using System.Net;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.Timeout;

namespace Latchkey.Linode;

/// <summary>
/// What is tried again: 408, 429 and 503, when the server says (<c>Retry-After</c>); and a broken connection, where sending
/// twice does no harm.
/// </summary>
internal static class Retries
{
    // A person waits behind most calls; a server that wants longer than this gets its answer shown instead.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    /// <summary>Set on a request that must go over the wire once only, whatever comes back.</summary>
    public static readonly HttpRequestOptionsKey<bool> Never = new("Latchkey.NoRetry");

    /// <summary>Set on a request that is given up sooner than others.</summary>
    public static readonly HttpRequestOptionsKey<TimeSpan> Patience = new("Latchkey.Patience");

    public static HttpMessageHandler Around(HttpMessageHandler inner, TimeProvider clock, TimeSpan attemptTimeout)
    {
        var pipeline = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = clock }
            .AddRetry(new HttpRetryStrategyOptions
            {
                MaxRetryAttempts = 3,
                Delay = TimeSpan.FromSeconds(1),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldRetryAfterHeader = true,
                ShouldHandle = args => ValueTask.FromResult(IsWorthAnother(args.Context.GetRequestMessage(), args.Outcome, clock)),
            })
            .AddTimeout(new TimeoutStrategyOptions
            {
                TimeoutGenerator = args => ValueTask.FromResult(
                    args.Context.GetRequestMessage() is { } request && request.Options.TryGetValue(Patience, out var less) ? less : attemptTimeout),
            })
            .Build();
        return new ResilienceHandler(pipeline) { InnerHandler = inner };
    }

    public static TimeSpan? AskedToWait(HttpResponseMessage answer, TimeProvider clock) => answer.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => TimeSpan.FromTicks(Math.Max(0, (date - clock.GetUtcNow()).Ticks)),
        _ => null,
    };

    private static bool IsWorthAnother(HttpRequestMessage? request, Outcome<HttpResponseMessage> outcome, TimeProvider clock)
    {
        if (request is null || (request.Options.TryGetValue(Never, out var never) && never))
        {
            return false;
        }

        return outcome.Result is { } answer
            ? IsBusy(answer) && !(AskedToWait(answer, clock) > LongestWait)
            : outcome.Exception is HttpRequestException { HttpRequestError: not HttpRequestError.ConfigurationLimitExceeded } or TimeoutRejectedException
                && IsRepeatable(request.Method);
    }

    // Linode marks planned maintenance this way: it lasts longer than anybody waits.
    private static bool IsBusy(HttpResponseMessage answer) =>
        answer.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
        || (answer.StatusCode == HttpStatusCode.ServiceUnavailable && !answer.Headers.Contains("X-Maintenance-Mode"));

    private static bool IsRepeatable(HttpMethod method) =>
        method == HttpMethod.Get || method == HttpMethod.Head || method == HttpMethod.Put;
}
