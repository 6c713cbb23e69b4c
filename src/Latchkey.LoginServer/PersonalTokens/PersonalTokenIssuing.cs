using Latchkey.Core.Grants;
using Latchkey.Core.Tokens;
using Latchkey.Protocol;
using Latchkey.Storage.PersonalTokens;
using Latchkey.Storage.Tokens;
using Microsoft.Extensions.Options;

namespace Latchkey.LoginServer.PersonalTokens;

/// <summary>Makes personal access tokens: an active grant that has no client, and its one token.</summary>
public sealed class PersonalTokenIssuing(
    LiveKeyRing keys, PersonalTokenStore tokens, IOptions<LoginServerOptions> options, TimeProvider clock)
{
    /// <summary>Null when the user is gone or disabled. Without an expiry it lives until it is revoked.</summary>
    public async Task<PersonalAccessToken?> IssueAsync(
        Guid userId, string label, ScopeSet scopes, DateTimeOffset? expiresAt = null, CancellationToken cancellationToken = default) =>
        (await IssueWithLineAsync(userId, label, scopes, expiresAt, cancellationToken))?.Token;

    /// <summary>As <see cref="IssueAsync"/>, together with the line that lists will show of it.</summary>
    public async Task<(PersonalAccessToken Token, PersonalToken Line)?> IssueWithLineAsync(
        Guid userId, string label, ScopeSet scopes, DateTimeOffset? expiresAt = null, CancellationToken cancellationToken = default)
    {
        var milliseconds = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var now = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        var grant = new Grant
        {
            Id = Guid.CreateVersion7(now),
            ClientId = null,
            UserId = userId,
            Scopes = scopes,
            State = GrantState.Active,
            Generation = 1,
            RotatedAt = now,
            CreatedAt = now,
            ExpiresAt = expiresAt,
        };
        var token = new TokenIssuer(keys.Current, options.Value.Lifetimes).Personal(grant);
        return await tokens.CreateAsync(grant, label, token, cancellationToken) is { } line ? (token, line) : null;
    }
}
