using Latchkey.Core.Grants;

namespace Latchkey.Storage.Grants;

/// <summary>A grant and the name of the user who gave it: what introspection tells.</summary>
public sealed record NamedGrant(Grant Grant, string UserName);
