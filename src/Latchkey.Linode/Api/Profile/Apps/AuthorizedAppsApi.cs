namespace Latchkey.Linode;

/// <summary>The apps that the person let into their account.</summary>
public sealed class AuthorizedAppsApi
{
    private const string Path = "/profile/apps";

    private readonly ApiCalls _calls;

    internal AuthorizedAppsApi(ApiCalls calls) => _calls = calls;

    /// <summary>All apps, page after page as they are read. Needs <c>account:read_only</c>.</summary>
    /// <inheritdoc cref="InstancesApi.ListAsync" path="/param|/exception"/>
    public IAsyncEnumerable<AuthorizedApp> ListAsync(
        Filter<AuthorizedApp>? filter = null, int? pageSize = null, CancellationToken cancellationToken = default) =>
        _calls.ListAsync(Path, ApiJson.Default.PageAuthorizedApp, filter, pageSize, cancellationToken);

    /// <summary>One app. Needs <c>account:read_only</c>.</summary>
    /// <param name="id"><see cref="AuthorizedApp.Id"/>.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <inheritdoc cref="InstancesApi.ListAsync" path="/exception"/>
    public Task<AuthorizedApp> GetAsync(int id, CancellationToken cancellationToken = default) =>
        _calls.GetAsync($"{Path}/{id}", ApiJson.Default.AuthorizedApp, cancellationToken);

    /// <summary>
    /// Withdraws what the app was given: its access and refresh tokens are dead, and it has to ask again. Needs
    /// <c>account:read_write</c>.
    /// </summary>
    /// <param name="id"><see cref="AuthorizedApp.Id"/>.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <inheritdoc cref="InstancesApi.ListAsync" path="/exception"/>
    public Task DeleteAsync(int id, CancellationToken cancellationToken = default) =>
        _calls.SendAsync(HttpMethod.Delete, $"{Path}/{id}", cancellationToken);
}
