namespace Latchkey.LoginServer.Consent;

/// <summary>
/// What the consent page asked, sealed into its form: the request that was checked, who was asked, and until when an
/// answer counts. Nothing is kept on the server for people who never answer.
/// </summary>
internal sealed record ConsentTicket
{
    /// <summary>
    /// The grant that an answer of "allow" makes. Fixed here, so that a second answer finds the row there and makes no
    /// second code.
    /// </summary>
    public required Guid GrantId { get; init; }

    public required Guid SessionId { get; init; }

    public required Guid UserId { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The scopes on the page.</summary>
    public required string Asked { get; init; }

    /// <summary>The scopes granted before, which go along.</summary>
    public required string Already { get; init; }

    /// <summary>The authorization request, as it arrived.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Request { get; init; }
}
