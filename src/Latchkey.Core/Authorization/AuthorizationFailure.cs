using System.Diagnostics;
using Latchkey.Protocol;

namespace Latchkey.Core.Authorization;

/// <summary>Why an authorization request got no answer of success, and who is to be told.</summary>
public abstract record AuthorizationFailure
{
    private AuthorizationFailure(OAuthError error) => Error = error;

    public OAuthError Error { get; }

    public T Match<T>(Func<ShowToUser, T> show, Func<ReturnToClient, T> @return) => this switch
    {
        ShowToUser f => show(f),
        ReturnToClient f => @return(f),
        _ => throw new UnreachableException(),
    };

    /// <summary>Client or redirect URI unproven: tell the person, never redirect (RFC 6749 §4.1.2.1).</summary>
    public sealed record ShowToUser(OAuthError Error) : AuthorizationFailure(Error);

    /// <summary>The redirect URI is proven: answer the client there, with its state.</summary>
    public sealed record ReturnToClient(IdentifiedRequest Request, OAuthError Error) : AuthorizationFailure(Error);
}
