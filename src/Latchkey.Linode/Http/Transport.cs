namespace Latchkey.Linode;

/// <summary>How both clients speak HTTP: no redirects, no cookies, bounded time and size, retries that cannot do harm.</summary>
internal static class Transport
{
    // One pool for every client of the process, so that `new LinodeClient(token)` for each request costs no connection.
    // Connections are renewed, since a pool that lives for ever never sees a change of DNS.
    private static readonly SocketsHttpHandler Shared = new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectTimeout = TimeSpan.FromSeconds(10),
    };

    public static HttpClient Create(HttpMessageHandler? handler, TimeProvider clock, TransportLimits limits, Func<HttpMessageHandler, HttpMessageHandler>? wrap = null)
    {
        RefuseRedirects(handler);
        var retrying = Retries.Around(new WholeAnswers(handler ?? Shared, limits.MaxAnswerBytes), clock, limits.AttemptTimeout);

        // Not disposed with the client: the handler below is shared, or the caller's.
        return new HttpClient(wrap?.Invoke(retrying) ?? retrying, disposeHandler: false)
        {
            Timeout = limits.TotalTimeout,
            MaxResponseContentBufferSize = limits.MaxAnswerBytes,
        };
    }

    /// <summary>Ours is plain http only where nobody can listen: on this machine (RFC 9700 §2.6, RFC 8252 §8.3).</summary>
    public static Uri BaseAddress(Uri uri, string parameter)
    {
        if (!uri.IsAbsoluteUri || !(uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback)))
        {
            throw new ArgumentException($"Use an https address; http is for loopback only. Got scheme and host \"{(uri.IsAbsoluteUri ? uri.GetLeftPart(UriPartial.Authority) : "(relative)")}\".", parameter);
        }

        if (uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            throw new ArgumentException("A base address has no user, query or fragment.", parameter);
        }

        return uri;
    }

    public static Uri Below(Uri baseAddress, string path) => new(baseAddress.AbsoluteUri.TrimEnd('/') + path);

    // A redirect would carry code, secret or token to wherever the answer points (307 and 308 repeat the body).
    private static void RefuseRedirects(HttpMessageHandler? handler)
    {
        for (var h = handler; h is not null; h = (h as DelegatingHandler)?.InnerHandler)
        {
            if (h is HttpClientHandler { AllowAutoRedirect: true } or SocketsHttpHandler { AllowAutoRedirect: true })
            {
                throw new ArgumentException("Set AllowAutoRedirect = false on the handler: a redirect would carry secrets elsewhere.", nameof(handler));
            }
        }
    }
}

/// <summary>How long and how much.</summary>
internal sealed record TransportLimits(TimeSpan AttemptTimeout, TimeSpan TotalTimeout, int MaxAnswerBytes);
