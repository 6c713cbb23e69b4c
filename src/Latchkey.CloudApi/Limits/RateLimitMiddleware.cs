using System.Net;
using System.Security.Cryptography;
using System.Text;
using Latchkey.CloudApi.Envelope;
using Latchkey.Protocol;
using Microsoft.AspNetCore.Http;

namespace Latchkey.CloudApi.Limits;

/// <summary>Counts requests per caller and per address, before any token is looked at, and tells callers where they stand.</summary>
internal sealed class RateLimitMiddleware(RequestDelegate next, CloudApiOptions options, TimeProvider clock)
{
    private readonly CallWindows _addresses = new(options.RateLimits.PerAddress, options.RateLimits.Window, clock);
    private readonly CallWindows _callers = new(options.RateLimits.PerCaller, options.RateLimits.Window, clock);

    public Task InvokeAsync(HttpContext context)
    {
        var address = Address(context);
        var count = _addresses.Take(address);
        if (count.Allowed)
        {
            count = _callers.Take(CallerKey(context) ?? address);
        }

        foreach (var (name, value) in count.Headers())
        {
            context.Response.Headers[name] = value;
        }

        const int refused = StatusCodes.Status429TooManyRequests;
        return count.Allowed ? next(context) : Answer.Error(refused, Reasons.For(refused)).ExecuteAsync(context);
    }

    private static string Address(HttpContext context) => (context.Connection.RemoteIpAddress ?? IPAddress.None).ToString();

    // A hash, so that no table of living tokens lies in memory.
    private static string? CallerKey(HttpContext context) => context.Request.Headers.Authorization is { Count: > 0 } authorization
        ? Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(authorization.ToString())))
        : null;
}
