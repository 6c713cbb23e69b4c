using System.Diagnostics.CodeAnalysis;
using Latchkey.Linode;

namespace Latchkey.AspNetCore;

/// <summary>How a logout went. The app's own session has ended in every case.</summary>
public sealed class LinodeSignOut
{
    internal LinodeSignOut(bool tokenEnded, LinodeOAuthException? failure)
    {
        TokenEnded = tokenEnded;
        Failure = failure;
    }

    /// <summary>True when no token is left alive: the login server ended it, or there was none.</summary>
    [MemberNotNullWhen(false, nameof(Failure))]
    public bool TokenEnded { get; }

    /// <summary>
    /// Why the token may still be alive. Tell the person: they can withdraw the app's access on the login server's own page.
    /// </summary>
    public LinodeOAuthException? Failure { get; }
}
