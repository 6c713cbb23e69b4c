using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace Latchkey.LoginServer.Security;

internal static class ForwardedPeers
{
    /// <summary>Reads <c>X-Forwarded-For</c> as far as the configured proxies vouch for it, and not at all without any.</summary>
    public static void UseForwardedPeers(this IApplicationBuilder app, ProxyOptions proxies)
    {
        if (proxies.Trusted.Count == 0)
        {
            return;
        }

        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies.Trusted)
        {
            if (proxy.Contains('/', StringComparison.Ordinal))
            {
                options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
            }
            else
            {
                options.KnownProxies.Add(IPAddress.Parse(proxy));
            }
        }

        app.UseForwardedHeaders(options);
    }
}
