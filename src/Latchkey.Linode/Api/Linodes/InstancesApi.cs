namespace Latchkey.Linode;

/// <summary>The person's Linodes.</summary>
public sealed class InstancesApi
{
    private readonly ApiCalls _calls;

    internal InstancesApi(ApiCalls calls) => _calls = calls;

    /// <summary>All Linodes, page after page as they are read. Needs <c>linodes:read_only</c>.</summary>
    /// <param name="filter">Which ones; null for all.</param>
    /// <param name="pageSize">How many to fetch at once, 25 to 500; null for the API's own 100.</param>
    /// <param name="cancellationToken">Stops between pages and inside a call.</param>
    /// <exception cref="LinodeScopeException">The token lacks the scope.</exception>
    /// <exception cref="LinodeTokenException">The token is no good.</exception>
    /// <exception cref="LinodeApiException">The API refused.</exception>
    /// <exception cref="HttpRequestException">No answer.</exception>
    public IAsyncEnumerable<Instance> ListAsync(Filter<Instance>? filter = null, int? pageSize = null, CancellationToken cancellationToken = default) =>
        _calls.ListAsync("/linode/instances", ApiJson.Default.PageInstance, filter, pageSize, cancellationToken);

    /// <summary>One Linode. Needs <c>linodes:read_only</c>.</summary>
    /// <param name="id"><see cref="Instance.Id"/>.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <inheritdoc cref="ListAsync" path="/exception"/>
    public Task<Instance> GetAsync(int id, CancellationToken cancellationToken = default) =>
        _calls.GetAsync(PathOf(id), ApiJson.Default.Instance, cancellationToken);

    /// <summary>Makes a Linode. It costs money from now on. Needs <c>linodes:read_write</c>.</summary>
    /// <param name="request">What it shall be.</param>
    /// <param name="cancellationToken">Gives up waiting; the Linode may have been made all the same.</param>
    /// <returns>The Linode, and its root password.</returns>
    /// <remarks>
    /// Not sent again when the connection breaks: there could be two. Look through the list before trying again.
    /// </remarks>
    /// <inheritdoc cref="ListAsync" path="/exception"/>
    public async Task<CreatedInstance> CreateAsync(CreateInstanceRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.RootPassword is null && request.Image is not null)
        {
            request = request with { RootPassword = RootPassword.Generate() };
        }

        var instance = await _calls.SendAsync(
            HttpMethod.Post, "/linode/instances", request, ApiJson.Default.CreateInstanceRequest, ApiJson.Default.Instance, cancellationToken);
        return new CreatedInstance(instance, request.RootPassword);
    }

    /// <summary>Changes a Linode. Needs <c>linodes:read_write</c>.</summary>
    /// <param name="id"><see cref="Instance.Id"/>.</param>
    /// <param name="request">What shall change.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The Linode as it is now.</returns>
    /// <inheritdoc cref="ListAsync" path="/exception"/>
    public Task<Instance> UpdateAsync(int id, UpdateInstanceRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _calls.SendAsync(
            HttpMethod.Put, PathOf(id), request, ApiJson.Default.UpdateInstanceRequest, ApiJson.Default.Instance, cancellationToken);
    }

    /// <summary>Deletes a Linode with everything on it; nothing brings it back. Needs <c>linodes:read_write</c>.</summary>
    /// <param name="id"><see cref="Instance.Id"/>.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <inheritdoc cref="ListAsync" path="/exception"/>
    public Task DeleteAsync(int id, CancellationToken cancellationToken = default) =>
        _calls.SendAsync(HttpMethod.Delete, PathOf(id), cancellationToken);

    /// <summary>Starts a Linode; answered before it is up. Needs <c>linodes:read_write</c>.</summary>
    /// <param name="id"><see cref="Instance.Id"/>.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <inheritdoc cref="ListAsync" path="/exception"/>
    public Task BootAsync(int id, CancellationToken cancellationToken = default) => PowerAsync(id, "boot", cancellationToken);

    /// <summary>Starts a Linode again; answered before it is up. Needs <c>linodes:read_write</c>.</summary>
    /// <param name="id"><see cref="Instance.Id"/>.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <inheritdoc cref="ListAsync" path="/exception"/>
    public Task RebootAsync(int id, CancellationToken cancellationToken = default) => PowerAsync(id, "reboot", cancellationToken);

    /// <summary>Stops a Linode; answered before it is down. Needs <c>linodes:read_write</c>.</summary>
    /// <param name="id"><see cref="Instance.Id"/>.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <inheritdoc cref="ListAsync" path="/exception"/>
    public Task ShutdownAsync(int id, CancellationToken cancellationToken = default) => PowerAsync(id, "shutdown", cancellationToken);

    private static string PathOf(int id) => $"/linode/instances/{id}";

    private Task PowerAsync(int id, string verb, CancellationToken cancellationToken) =>
        _calls.SendAsync(HttpMethod.Post, $"{PathOf(id)}/{verb}", cancellationToken);
}
