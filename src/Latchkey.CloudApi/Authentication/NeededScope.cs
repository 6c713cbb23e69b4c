using Latchkey.Protocol;

namespace Latchkey.CloudApi.Authentication;

/// <summary>The scope a route asks for, as <c>X-Accepted-OAuth-Scopes</c> tells it.</summary>
internal sealed record NeededScope(Scope Scope);
