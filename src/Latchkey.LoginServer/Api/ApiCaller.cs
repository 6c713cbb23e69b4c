using Latchkey.Protocol;

namespace Latchkey.LoginServer.Api;

/// <summary>For whom a call to the account and profile API is made, and how far it may reach.</summary>
internal sealed record ApiCaller(Guid UserId, ScopeSet Scopes);

/// <summary>The caller of a request, or why it has none.</summary>
internal sealed record IdentifiedCaller(ApiCaller? Caller, ApiRefusal? Refusal);
