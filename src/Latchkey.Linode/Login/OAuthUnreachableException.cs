using System.Net;

namespace Latchkey.Linode;

/// <summary>
/// The login server gave no answer, or said that it cannot answer now (408, 429, 5xx). Nothing is known about the login
/// itself; try again in a moment.
/// </summary>
public sealed class OAuthUnreachableException : LinodeOAuthException
{
    internal OAuthUnreachableException(string message, Exception? inner = null, HttpStatusCode? status = null, TimeSpan? retryAfter = null)
        : base(message, inner)
    {
        Status = status;
        RetryAfter = retryAfter;
    }

    /// <summary>The HTTP status, when there was an answer.</summary>
    public HttpStatusCode? Status { get; }

    /// <summary>How long the server asks to wait, when it does.</summary>
    public TimeSpan? RetryAfter { get; }
}
