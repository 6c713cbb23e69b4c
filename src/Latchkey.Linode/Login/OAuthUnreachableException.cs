using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Latchkey.Linode;

/// <summary>
/// The login server gave no answer, or said that it cannot answer now (408, 429, 5xx). Nothing is known about the login
/// itself; try again in a moment.
/// </summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "One constructor says it all.")]
public sealed class OAuthUnreachableException : LinodeOAuthException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What happened and what to do; never a secret.</param>
    /// <param name="inner">The cause.</param>
    /// <param name="status">The HTTP status, when there was an answer.</param>
    /// <param name="retryAfter">How long the server asks to wait.</param>
    public OAuthUnreachableException(string message, Exception? inner = null, HttpStatusCode? status = null, TimeSpan? retryAfter = null)
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
