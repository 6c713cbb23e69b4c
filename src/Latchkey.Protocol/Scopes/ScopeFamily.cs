namespace Latchkey.Protocol;

/// <summary>How a family of scopes is explained to the person who is asked to grant it.</summary>
/// <param name="Name">The name on the wire: <c>linodes</c>.</param>
/// <param name="Title">What people call it: <c>Linodes</c>.</param>
/// <param name="ReadSentence">What <c>read_only</c> lets an app do, as the end of "This app may …".</param>
/// <param name="WriteSentence">What <c>read_write</c> lets an app do, as the end of "This app may …".</param>
public sealed record ScopeFamily(string Name, string Title, string ReadSentence, string WriteSentence);
