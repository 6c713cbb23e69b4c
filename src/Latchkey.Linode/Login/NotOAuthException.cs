using System.Net;

namespace Latchkey.Linode;

/// <summary>
/// Something answered, but not as an OAuth server does: a page instead of JSON, a redirect, no token in the answer. Look at
/// the base address, and at what stands between (a proxy, a captive portal).
/// </summary>
public sealed class NotOAuthException : LinodeOAuthException
{
    internal NotOAuthException(string message, HttpStatusCode? status = null, Exception? inner = null)
        : base(message, inner) => Status = status;

    /// <summary>The HTTP status of that answer.</summary>
    public HttpStatusCode? Status { get; }
}
