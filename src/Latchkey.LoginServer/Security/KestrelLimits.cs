using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Latchkey.LoginServer;

public static class KestrelLimits
{
    private const int Headers = 32 * 1024;

    /// <summary>
    /// What one request may cost. A state of 2 KB, percent-encoded twice on its way through the login page, still fits the
    /// request line; a token of a megabyte is still read, so that it is refused like any other.
    /// </summary>
    public static IWebHostBuilder ConfigureLatchkeyKestrel(this IWebHostBuilder host) => host.ConfigureKestrel(kestrel =>
    {
        kestrel.AddServerHeader = false;
        var limits = kestrel.Limits;
        limits.MaxRequestLineSize = Headers;
        limits.MaxRequestHeadersTotalSize = Headers;
        limits.MaxRequestHeaderCount = 100;
        limits.MaxRequestBodySize = 2 * 1024 * 1024;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(10));
        limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(10));
    });
}
