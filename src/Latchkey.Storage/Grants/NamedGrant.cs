using Latchkey.Core.Grants;

namespace Latchkey.Storage.Grants;

/// <summary>A grant and the name of the user who gave it, which introspection tells; null when the user is gone.</summary>
public sealed record NamedGrant(Grant Grant, string? UserName);
