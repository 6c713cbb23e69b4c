namespace Latchkey.Linode;

/// <summary>The person's SSH keys, of which the API knows the public half alone.</summary>
public sealed class SshKeysApi
{
    private const string Path = "/profile/sshkeys";

    private readonly ApiCalls _calls;

    internal SshKeysApi(ApiCalls calls) => _calls = calls;

    /// <summary>All keys, page after page as they are read. Needs <c>account:read_only</c>.</summary>
    /// <inheritdoc cref="InstancesApi.ListAsync" path="/param|/exception"/>
    public IAsyncEnumerable<SshKey> ListAsync(Filter<SshKey>? filter = null, int? pageSize = null, CancellationToken cancellationToken = default) =>
        _calls.ListAsync(Path, ApiJson.Default.PageSshKey, filter, pageSize, cancellationToken);

    /// <summary>One key. Needs <c>account:read_only</c>.</summary>
    /// <param name="id"><see cref="SshKey.Id"/>.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <inheritdoc cref="InstancesApi.ListAsync" path="/exception"/>
    public Task<SshKey> GetAsync(int id, CancellationToken cancellationToken = default) =>
        _calls.GetAsync(PathOf(id), ApiJson.Default.SshKey, cancellationToken);

    /// <summary>Adds a key. Needs <c>account:read_write</c>.</summary>
    /// <param name="label">What to call it.</param>
    /// <param name="key">The public key, as in <c>authorized_keys</c>.</param>
    /// <param name="cancellationToken">Gives up waiting; the key may have been added all the same.</param>
    /// <returns>The key as it was added.</returns>
    /// <exception cref="ArgumentException">No label, or no key.</exception>
    /// <inheritdoc cref="InstancesApi.ListAsync" path="/exception"/>
    public Task<SshKey> CreateAsync(string label, string key, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(label);
        ArgumentException.ThrowIfNullOrEmpty(key);
        return _calls.SendAsync(
            HttpMethod.Post, Path, new CreateSshKeyRequest(label, key), ApiJson.Default.CreateSshKeyRequest, ApiJson.Default.SshKey, cancellationToken);
    }

    /// <summary>Gives a key another label. Needs <c>account:read_write</c>.</summary>
    /// <param name="id"><see cref="SshKey.Id"/>.</param>
    /// <param name="label">What to call it.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The key as it is now.</returns>
    /// <inheritdoc cref="InstancesApi.ListAsync" path="/exception"/>
    public Task<SshKey> UpdateAsync(int id, string label, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(label);
        return _calls.SendAsync(
            HttpMethod.Put, PathOf(id), new LabelRequest(label), ApiJson.Default.LabelRequest, ApiJson.Default.SshKey, cancellationToken);
    }

    /// <summary>
    /// Removes a key from the profile; Linodes that were made with it keep it. Needs <c>account:read_write</c>.
    /// </summary>
    /// <param name="id"><see cref="SshKey.Id"/>.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <inheritdoc cref="InstancesApi.ListAsync" path="/exception"/>
    public Task DeleteAsync(int id, CancellationToken cancellationToken = default) =>
        _calls.SendAsync(HttpMethod.Delete, PathOf(id), cancellationToken);

    private static string PathOf(int id) => $"{Path}/{id}";
}
