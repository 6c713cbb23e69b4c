using System.Diagnostics;
using Latchkey.Protocol;

namespace Latchkey.Core.Grants;

/// <summary>What is to be done about a refresh token.</summary>
public abstract record RefreshDecision
{
    private RefreshDecision()
    {
    }

    public T Match<T>(Func<Rotate, T> rotate, Func<Repeat, T> repeat, Func<Reuse, T> reuse, Func<Refuse, T> refuse) => this switch
    {
        Rotate d => rotate(d),
        Repeat d => repeat(d),
        Reuse d => reuse(d),
        Refuse d => refuse(d),
        _ => throw new UnreachableException(),
    };

    /// <summary>Apply the write; if it finds the row changed, decide again on the row as it then stands.</summary>
    public sealed record Rotate(GrantWrite.Rotate Write, ScopeSet? Ceiling) : RefreshDecision;

    /// <summary>Answer with the tokens the row already stands for: the previous answer was lost.</summary>
    public sealed record Repeat(Grant Grant, ScopeSet? Ceiling) : RefreshDecision;

    /// <summary>Apply the write, then refuse.</summary>
    public sealed record Reuse(GrantWrite.Revoke Write) : RefreshDecision;

    /// <summary>Refuse; nothing changes.</summary>
    public sealed record Refuse(OAuthError Error) : RefreshDecision;
}
