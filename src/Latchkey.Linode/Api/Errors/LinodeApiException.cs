using System.Diagnostics.CodeAnalysis;
using System.Net;
using Latchkey.Protocol;

namespace Latchkey.Linode;

/// <summary>
/// The API answered, and the answer is an error. A token that is no good is a <see cref="LinodeTokenException"/>, one that
/// reaches not far enough a <see cref="LinodeScopeException"/>. Without any answer it is an <see cref="HttpRequestException"/>.
/// </summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "There is none without an answer.")]
public class LinodeApiException : Exception
{
    internal LinodeApiException(ApiErrorAnswer answer, string message, Exception? inner = null)
        : base(message, inner)
    {
        Status = answer.Status;
        Errors = answer.Errors;
        NeededScopes = answer.NeededScopes;
        TokenScopes = answer.TokenScopes;
        RetryAfter = answer.RetryAfter;
    }

    /// <summary>The HTTP status.</summary>
    public HttpStatusCode Status { get; }

    /// <summary>What was wrong; never empty when the API itself answered.</summary>
    public IReadOnlyList<LinodeApiError> Errors { get; }

    /// <summary>What the call needs (<c>X-Accepted-OAuth-Scopes</c>); null when the answer does not say.</summary>
    public ScopeSet? NeededScopes { get; }

    /// <summary>What the token has (<c>X-OAuth-Scopes</c>); null when the answer does not say or the token is no good.</summary>
    public ScopeSet? TokenScopes { get; }

    /// <summary>How long the API asks to wait (429, 503), when it does.</summary>
    public TimeSpan? RetryAfter { get; }
}
