namespace Latchkey.Linode;

/// <summary>A new Linode, and the password of its root user.</summary>
/// <param name="Instance">The Linode, which is still being made.</param>
/// <param name="RootPassword">
/// The password it got, made here or taken from the request; nobody can ask for it later. Null when it has no image.
/// </param>
public sealed record CreatedInstance(Instance Instance, RootPassword? RootPassword);
