using System.Diagnostics;
using Latchkey.Protocol;

namespace Latchkey.Core.Grants;

/// <summary>What is to be done about a code.</summary>
public abstract record CodeExchangeDecision
{
    private CodeExchangeDecision()
    {
    }

    public T Match<T>(Func<Issue, T> issue, Func<Replay, T> replay, Func<Expire, T> expire, Func<Refuse, T> refuse) => this switch
    {
        Issue d => issue(d),
        Replay d => replay(d),
        Expire d => expire(d),
        Refuse d => refuse(d),
        _ => throw new UnreachableException(),
    };

    /// <summary>Apply the write; if it finds the row changed, decide again on the row as it then stands.</summary>
    /// <param name="Ceiling">What the access token is held below; null when it reaches as far as the grant.</param>
    public sealed record Issue(GrantWrite.Redeem Write, ScopeSet? Ceiling = null) : CodeExchangeDecision;

    /// <summary>Apply the write, then refuse.</summary>
    public sealed record Replay(GrantWrite.Revoke Write) : CodeExchangeDecision;

    /// <summary>Apply the write, so that a clock that is set back does not revive the code; then refuse.</summary>
    public sealed record Expire(GrantWrite.Revoke Write, OAuthError Error) : CodeExchangeDecision;

    /// <summary>Refuse; nothing changes.</summary>
    public sealed record Refuse(OAuthError Error) : CodeExchangeDecision;
}
