namespace Latchkey.Protocol;

/// <summary>
/// One refusal: its code on the wire, a description that is safe to show, the HTTP status when it is answered directly,
/// and where it is specified. The ones spoken here stand in <see cref="OAuthErrors"/>.
/// </summary>
/// <param name="Code">The value of <c>error</c>.</param>
/// <param name="Description">
/// The value of <c>error_description</c>: what was wrong and what to do, in the characters RFC 6749 §5.2 allows,
/// never a secret or raw input.
/// </param>
/// <param name="Status">The HTTP status of a direct answer.</param>
/// <param name="Section">Where the code is specified.</param>
public sealed record OAuthError(string Code, string Description, int Status, string Section)
{
    /// <summary>The request parameter at fault, for Linode's <c>errors[].field</c>; null when it is not about one.</summary>
    public string? Field { get; init; }

    /// <summary>The same refusal with the reason at hand, and the parameter at fault when there is one.</summary>
    public OAuthError Because(string description, string? field = null) => this with { Description = description, Field = field };
}
