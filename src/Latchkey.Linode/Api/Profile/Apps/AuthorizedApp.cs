using Latchkey.Protocol;

namespace Latchkey.Linode;

/// <summary>An app that the person let into their account.</summary>
public sealed record AuthorizedApp
{
    /// <summary>Its number in the person's list; not the client id.</summary>
    public int Id { get; init; }

    /// <summary>What it calls itself.</summary>
    public string Label { get; init; } = "";

    /// <summary>What it may do. Scopes without a name here come through as they are.</summary>
    public ScopeSet Scopes { get; init; }

    /// <summary>Its site; null when it names none.</summary>
    public Uri? Website { get; init; }

    /// <summary>Where its picture is; null when it has none.</summary>
    public Uri? ThumbnailUrl { get; init; }

    /// <summary>When it was let in, in UTC.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>When that ends, in UTC; null when it stands until it is withdrawn.</summary>
    public DateTimeOffset? Expiry { get; init; }
}
