using System.Net;
using Latchkey.CloudApi.Envelope;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Forwarder;

namespace Latchkey.CloudApi.Gateway;

/// <summary>What changes on the way to the login server and back.</summary>
internal sealed class LoginServerTransformer(string root, bool missingScopeAsLinode) : HttpTransformer
{
    // What browsers keep for the login server on this host is not this API's to present (ports do not separate cookies), and
    // what a client says about its own address or about another verb or path is not to be believed behind us.
    private static readonly string[] NotForwarded =
    [
        HeaderNames.Cookie, "Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Prefix", "X-Real-IP",
        "X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override", "X-Original-URL", "X-Rewrite-URL", "X-Original-Host",
    ];

    private static readonly string[] RateLimits = ["X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"];

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        foreach (var name in NotForwarded)
        {
            proxyRequest.Headers.Remove(name);
        }

        proxyRequest.Headers.Host = null;   // the login server's own name, from the address
        var path = GatewayPath.Build(root, (string?)httpContext.GetRouteValue("rest"))!;
        proxyRequest.RequestUri = new Uri(new Uri(destinationPrefix), path + httpContext.Request.QueryString.ToUriComponent());
    }

    public override async ValueTask<bool> TransformResponseAsync(
        HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        KeepOneCount(httpContext.Response.Headers, proxyResponse);
        var copyBody = await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        var response = httpContext.Response;
        response.Headers.Remove(HeaderNames.SetCookie);
        response.Headers.Remove(HeaderNames.Server);
        if (missingScopeAsLinode && response.StatusCode == StatusCodes.Status403Forbidden)
        {
            response.StatusCode = StatusCodes.Status401Unauthorized;   // one API, one way to say it, whoever checked the token
        }

        // A page for people, from whatever stands before the login server, is no answer to an API call: the envelope takes its place.
        if (response.StatusCode >= 400 && response.ContentType != Answer.ContentType)
        {
            response.ContentType = null;
            response.ContentLength = null;
            response.Headers.Remove(HeaderNames.ContentEncoding);
            response.Headers.Remove(HeaderNames.TransferEncoding);
            return false;
        }

        return copyBody;
    }

    // Whoever refuses a caller tells it where it stands; otherwise this API does, which has counted the call already.
    private static void KeepOneCount(IHeaderDictionary own, HttpResponseMessage? forwarded)
    {
        foreach (var name in RateLimits)
        {
            if (forwarded?.StatusCode == HttpStatusCode.TooManyRequests)
            {
                own.Remove(name);
            }
            else
            {
                forwarded?.Headers.Remove(name);
            }
        }
    }
}
