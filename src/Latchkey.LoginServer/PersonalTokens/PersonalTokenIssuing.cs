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
    /// <summary>For the operator. Null when the user is gone or disabled. Without an expiry it lives until it is revoked.</summary>
    public async Task<PersonalAccessToken?> IssueAsync(
        Guid userId, string label, ScopeSet scopes, DateTimeOffset? expiresAt = null, CancellationToken cancellationToken = default) =>
        (await IssueWithLineAsync(userId, label, scopes, expiresAt, cancellationToken))?.Token;

    /// <summary>As <see cref="IssueAsync"/>, together with the line that lists will show of it.</summary>
    public async Task<(PersonalAccessToken Token, PersonalToken Line)?> IssueWithLineAsync(
        Guid userId, string label, ScopeSet scopes, DateTimeOffset? expiresAt = null, CancellationToken cancellationToken = default)
    {
        var (grant, token) = Make(userId, scopes, expiresAt);
        return await tokens.CreateAsync(grant, label, token, cancellationToken) is { } line ? (token, line) : null;
    }

    /// <summary>As <see cref="IssueWithLineAsync"/>, for the user themselves: null also when they have <paramref name="most"/> already.</summary>
    public async Task<(PersonalAccessToken Token, PersonalToken Line)?> IssueOwnAsync(
        Guid userId, string label, ScopeSet scopes, DateTimeOffset? expiresAt, int most, CancellationToken cancellationToken = default)
    {
        var (grant, token) = Make(userId, scopes, expiresAt);
        return await tokens.CreateOwnAsync(grant, label, token, most, cancellationToken) is { } line ? (token, line) : null;
    }

    private (Grant Grant, PersonalAccessToken Token) Make(Guid userId, ScopeSet scopes, DateTimeOffset? expiresAt)
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
        return (grant, new TokenIssuer(keys.Current, options.Value.Lifetimes).Personal(grant));
    }
}
