namespace Latchkey.Storage.Model;

/// <summary>Failed logins of a peer or of a browser. An account's own are counted in <see cref="User"/>.</summary>
public sealed class LoginFailureRow
{
    /// <summary>What they came from, in words of whoever counts.</summary>
    public required string Source { get; init; }

    public int Failures { get; set; }

    /// <summary>When none of them counts any more.</summary>
    public DateTimeOffset Until { get; set; }
}
