using System.Diagnostics.CodeAnalysis;

namespace Latchkey.Linode;

/// <summary>The token is invalid, expired or revoked (401). Refresh it, or send the person to log in again.</summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "There is none without an answer.")]
public sealed class LinodeTokenException : LinodeApiException
{
    internal LinodeTokenException(ApiErrorAnswer answer, string message)
        : base(answer, message)
    {
    }
}
