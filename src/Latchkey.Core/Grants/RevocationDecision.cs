using System.Diagnostics;
using Latchkey.Protocol;

namespace Latchkey.Core.Grants;

/// <summary>What is to be done about a token to revoke.</summary>
public abstract record RevocationDecision
{
    private RevocationDecision()
    {
    }

    public T Match<T>(Func<End, T> end, Func<NothingToDo, T> nothing, Func<Refuse, T> refuse) => this switch
    {
        End d => end(d),
        NothingToDo d => nothing(d),
        Refuse d => refuse(d),
        _ => throw new UnreachableException(),
    };

    /// <summary>Apply the write, then answer 200.</summary>
    public sealed record End(GrantWrite.Revoke Write) : RevocationDecision;

    /// <summary>Answer 200: it is dead already, or never was (RFC 7009 §2.2).</summary>
    public sealed record NothingToDo : RevocationDecision;

    /// <summary>Refuse; the token lives.</summary>
    public sealed record Refuse(OAuthError Error) : RevocationDecision;
}
