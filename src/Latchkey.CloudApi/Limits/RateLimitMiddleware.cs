using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using Latchkey.CloudApi.Envelope;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Latchkey.CloudApi.Limits;

/// <summary>Counts requests per caller and per address, before any token is looked at, and tells callers where they stand.</summary>
internal sealed class RateLimitMiddleware(RequestDelegate next, CloudApiOptions options, TimeProvider clock) : IDisposable
{
    private readonly PartitionedRateLimiter<HttpContext> _addresses = PartitionedRateLimiter.Create<HttpContext, string>(context =>
        RateLimitPartition.Get(Address(context), _ => new WindowLimiter(options.RateLimits.PerAddress, options.RateLimits.Window, clock)));

    private readonly PartitionedRateLimiter<HttpContext> _callers = PartitionedRateLimiter.Create<HttpContext, string>(context =>
        RateLimitPartition.Get(CallerKey(context), _ => new WindowLimiter(options.RateLimits.PerCaller, options.RateLimits.Window, clock)));

    public async Task InvokeAsync(HttpContext context)
    {
        using var address = _addresses.AttemptAcquire(context);
        using var caller = address.IsAcquired ? _callers.AttemptAcquire(context) : null;
        (caller ?? address).TryGetMetadata(RateLimitState.Name, out var state);
        var headers = context.Response.Headers;
        headers["X-RateLimit-Limit"] = state!.Limit.ToString();
        headers["X-RateLimit-Remaining"] = state.Remaining.ToString();
        headers["X-RateLimit-Reset"] = state.Ends.ToUnixTimeSeconds().ToString();
        if (caller?.IsAcquired == true)
        {
            await next(context);
            return;
        }

        headers[HeaderNames.RetryAfter] = state.SecondsLeft.ToString();
        const int refused = StatusCodes.Status429TooManyRequests;
        await Answer.Error(refused, Reasons.For(refused)).ExecuteAsync(context);
    }

    public void Dispose()
    {
        _addresses.Dispose();
        _callers.Dispose();
    }

    private static string Address(HttpContext context) => (context.Connection.RemoteIpAddress ?? IPAddress.None).ToString();

    // A hash, so that no table of living tokens lies in memory.
    private static string CallerKey(HttpContext context) => context.Request.Headers.Authorization is { Count: > 0 } authorization
        ? Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(authorization.ToString())))
        : Address(context);
}
