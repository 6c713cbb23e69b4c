namespace Latchkey.Linode;

/// <summary>The answer was no: ordinary traffic, with a reason and what to do about it.</summary>
/// <param name="Kind">What it means for the app.</param>
/// <param name="Error">The error code on the wire (RFC 6749 §4.1.2.1, §5.2), or the library's own word for it.</param>
/// <param name="Description">
/// What the server said, or the library where it refused itself. Text from outside: escape it before showing it.
/// </param>
/// <param name="Advice">What to do now.</param>
public sealed record OAuthRefusal(OAuthRefusalKind Kind, string Error, string? Description, string Advice);
