using Latchkey.Linode;
using Latchkey.Protocol;

namespace InstallOnLinode.Install;

/// <summary>How an order ended.</summary>
public abstract record Outcome
{
    private Outcome()
    {
    }

    /// <summary>The access was not given back: the login server did not answer. The visitor is told how to end it.</summary>
    public bool AccessStillOpen { get; init; }

    /// <summary>The Linode is there.</summary>
    public sealed record Installed(Instance Linode) : Outcome;

    /// <summary>The visitor said no.</summary>
    public sealed record Denied : Outcome;

    /// <summary>The visitor granted less than this takes.</summary>
    public sealed record InsufficientScopes(ScopeSet Missing) : Outcome;

    /// <summary>Linode refused, or was not reached.</summary>
    public sealed record Failed(string Reason, bool MayExist = false) : Outcome;
}
