using Latchkey.Protocol;

namespace Latchkey.Linode;

/// <summary>
/// Every scope Linode has a name for: <c>OAuthScopes.Linodes.ReadOnly</c>. Any other one is
/// <see cref="Scope.Parse(string)"/>, and a scope this library has no name for survives a round trip.
/// </summary>
/// <remarks>
/// Ask for no more than the app needs, and look at what was granted (<see cref="OAuthToken.Scopes"/>): the person may have
/// granted less. RFC 6749 §3.3.
/// </remarks>
/// <example><code>ScopeSet requested = [OAuthScopes.NodeBalancers.All, OAuthScopes.Linodes.View];</code></example>
public static partial class OAuthScopes
{
    /// <summary><c>*</c>: everything in every family.</summary>
    public static Scope All => Scope.Everything;
}
