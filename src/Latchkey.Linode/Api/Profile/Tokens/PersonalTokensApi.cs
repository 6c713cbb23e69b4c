using Latchkey.Protocol;

namespace Latchkey.Linode;

/// <summary>The person's own tokens, for their scripts.</summary>
public sealed class PersonalTokensApi
{
    private const string Path = "/profile/tokens";

    private readonly ApiCalls _calls;

    internal PersonalTokensApi(ApiCalls calls) => _calls = calls;

    /// <summary>All tokens, page after page as they are read. Needs <c>account:read_only</c>.</summary>
    /// <inheritdoc cref="InstancesApi.ListAsync" path="/param|/exception"/>
    public IAsyncEnumerable<PersonalToken> ListAsync(
        Filter<PersonalToken>? filter = null, int? pageSize = null, CancellationToken cancellationToken = default) =>
        _calls.ListAsync(Path, ApiJson.Default.PagePersonalToken, filter, pageSize, cancellationToken);

    /// <summary>One token. Needs <c>account:read_only</c>.</summary>
    /// <param name="id"><see cref="PersonalToken.Id"/>.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <inheritdoc cref="InstancesApi.ListAsync" path="/exception"/>
    public Task<PersonalToken> GetAsync(int id, CancellationToken cancellationToken = default) =>
        _calls.GetAsync(PathOf(id), ApiJson.Default.PersonalToken, cancellationToken);

    /// <summary>Makes a token, which reaches no further than the one it is made with. Needs <c>account:read_write</c>.</summary>
    /// <param name="label">What to call it, 1 to 100 characters.</param>
    /// <param name="scopes">What it may do; <see cref="OAuthScopes.All"/> for all that the token of this client may.</param>
    /// <param name="expiry">When it ends, to the second; null for never.</param>
    /// <param name="cancellationToken">Gives up waiting; the token may have been made all the same.</param>
    /// <returns>The token, this once.</returns>
    /// <remarks>Not sent again when the connection breaks: there could be two, one of them unknown to everybody.</remarks>
    /// <exception cref="ArgumentException">No label, or no scope.</exception>
    /// <inheritdoc cref="InstancesApi.ListAsync" path="/exception"/>
    public Task<CreatedPersonalToken> CreateAsync(
        string label, ScopeSet scopes, DateTimeOffset? expiry = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(label);
        if (scopes.IsEmpty)
        {
            // Left out, or empty at some servers, means everything: not what somebody meant who named nothing.
            throw new ArgumentException("Name the scopes, or OAuthScopes.All.", nameof(scopes));
        }

        return _calls.SendAsync(
            HttpMethod.Post,
            Path,
            new CreateTokenRequest(label, scopes, expiry),
            ApiJson.Default.CreateTokenRequest,
            ApiJson.Default.CreatedPersonalToken,
            cancellationToken);
    }

    /// <summary>Gives a token another label. Needs <c>account:read_write</c>.</summary>
    /// <param name="id"><see cref="PersonalToken.Id"/>.</param>
    /// <param name="label">What to call it, 1 to 100 characters.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The token as lists show it now.</returns>
    /// <inheritdoc cref="InstancesApi.ListAsync" path="/exception"/>
    public Task<PersonalToken> UpdateAsync(int id, string label, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(label);
        return _calls.SendAsync(
            HttpMethod.Put, PathOf(id), new LabelRequest(label), ApiJson.Default.LabelRequest, ApiJson.Default.PersonalToken, cancellationToken);
    }

    /// <summary>Revokes a token: from the answer on it opens nothing. Needs <c>account:read_write</c>.</summary>
    /// <param name="id"><see cref="PersonalToken.Id"/>.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <inheritdoc cref="InstancesApi.ListAsync" path="/exception"/>
    public Task DeleteAsync(int id, CancellationToken cancellationToken = default) =>
        _calls.SendAsync(HttpMethod.Delete, PathOf(id), cancellationToken);

    private static string PathOf(int id) => $"{Path}/{id}";
}
