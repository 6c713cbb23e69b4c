using System.Diagnostics.CodeAnalysis;

namespace Latchkey.Linode;

/// <summary>
/// The token is good but does not reach this far (403, or 401 as Linode answers). Send the person through the login again,
/// asking for <see cref="LinodeApiException.NeededScopes"/>.
/// </summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "There is none without an answer.")]
public sealed class LinodeScopeException : LinodeApiException
{
    internal LinodeScopeException(ApiErrorAnswer answer, string message)
        : base(answer, message)
    {
    }
}
