using Latchkey.Protocol;

namespace Latchkey.LoginServer.Api;

/// <summary>For whom a call to the account and profile API is made, and how far it may reach.</summary>
internal sealed record ApiCaller(Guid UserId, ScopeSet Scopes);
