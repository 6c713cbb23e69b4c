using System.Net.Http.Headers;

namespace Latchkey.Linode;

/// <summary>The apps that are registered from the account, which people can then log in to with Linode.</summary>
public sealed class OAuthClientsApi
{
    private const string Path = "/account/oauth-clients";

    private static readonly MediaTypeHeaderValue Png = new("image/png");

    private readonly ApiCalls _calls;

    internal OAuthClientsApi(ApiCalls calls) => _calls = calls;

    /// <summary>All clients, page after page as they are read, none with its secret. Needs <c>account:read_only</c>.</summary>
    /// <inheritdoc cref="InstancesApi.ListAsync" path="/param|/exception"/>
    public IAsyncEnumerable<OAuthClient> ListAsync(
        Filter<OAuthClient>? filter = null, int? pageSize = null, CancellationToken cancellationToken = default) =>
        _calls.ListAsync(Path, ApiJson.Default.PageOAuthClient, filter, pageSize, cancellationToken);

    /// <summary>One client, without its secret. Needs <c>account:read_only</c>.</summary>
    /// <param name="id"><see cref="OAuthClient.Id"/>.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <inheritdoc cref="InstancesApi.ListAsync" path="/exception"/>
    public Task<OAuthClient> GetAsync(string id, CancellationToken cancellationToken = default) =>
        _calls.GetAsync(PathOf(id), ApiJson.Default.OAuthClient, cancellationToken);

    /// <summary>Registers an app. Needs <c>account:read_write</c>.</summary>
    /// <param name="label">What people are told it is called, 1 to 512 characters.</param>
    /// <param name="redirectUri">Where browsers are sent back to; sent to the letter as it was written.</param>
    /// <param name="isPublic">True for an app that cannot keep a secret: on phones, in browsers, on the command line.</param>
    /// <param name="cancellationToken">Gives up waiting; the app may have been registered all the same.</param>
    /// <returns>The client with its <see cref="OAuthClient.Secret"/>, this once.</returns>
    /// <remarks>Not sent again when the connection breaks: there could be two.</remarks>
    /// <exception cref="ArgumentException">No label, or an address that is not absolute.</exception>
    /// <inheritdoc cref="InstancesApi.ListAsync" path="/exception"/>
    public Task<OAuthClient> CreateAsync(string label, Uri redirectUri, bool isPublic = false, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(label);
        ArgumentNullException.ThrowIfNull(redirectUri);
        RefuseRelative(redirectUri, nameof(redirectUri));
        return _calls.SendAsync(
            HttpMethod.Post,
            Path,
            new CreateOAuthClientRequest(label, redirectUri, isPublic),
            ApiJson.Default.CreateOAuthClientRequest,
            ApiJson.Default.OAuthClient,
            cancellationToken);
    }

    /// <summary>Changes a client. Needs <c>account:read_write</c>.</summary>
    /// <param name="id"><see cref="OAuthClient.Id"/>.</param>
    /// <param name="request">What shall change.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The client as it is now, without its secret.</returns>
    /// <exception cref="ArgumentException">Not an id, or an address that is not absolute.</exception>
    /// <inheritdoc cref="InstancesApi.ListAsync" path="/exception"/>
    public Task<OAuthClient> UpdateAsync(string id, UpdateOAuthClientRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        RefuseRelative(request.RedirectUri, nameof(request));
        return _calls.SendAsync(
            HttpMethod.Put, PathOf(id), request, ApiJson.Default.UpdateOAuthClientRequest, ApiJson.Default.OAuthClient, cancellationToken);
    }

    /// <summary>
    /// Removes a client: every token that was given to it is dead, and nobody can log in to it. Needs
    /// <c>account:read_write</c>.
    /// </summary>
    /// <param name="id"><see cref="OAuthClient.Id"/>.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <inheritdoc cref="InstancesApi.ListAsync" path="/exception"/>
    public Task DeleteAsync(string id, CancellationToken cancellationToken = default) =>
        _calls.SendAsync(HttpMethod.Delete, PathOf(id), cancellationToken);

    /// <summary>Gives a client another secret; the old one stops at once. Needs <c>account:read_write</c>.</summary>
    /// <param name="id"><see cref="OAuthClient.Id"/>.</param>
    /// <param name="cancellationToken">Gives up waiting; the old secret may have stopped all the same.</param>
    /// <returns>The client with its new <see cref="OAuthClient.Secret"/>, this once.</returns>
    /// <inheritdoc cref="InstancesApi.ListAsync" path="/exception"/>
    public Task<OAuthClient> ResetSecretAsync(string id, CancellationToken cancellationToken = default) =>
        _calls.SendAsync(HttpMethod.Post, $"{PathOf(id)}/reset-secret", content: null, ApiJson.Default.OAuthClient, cancellationToken);

    /// <summary>A client's picture. Everybody may see it: needs no scope.</summary>
    /// <param name="id"><see cref="OAuthClient.Id"/>.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>A PNG.</returns>
    /// <exception cref="LinodeApiException">The API refused; 404 when there is no picture.</exception>
    /// <exception cref="HttpRequestException">No answer.</exception>
    public Task<byte[]> GetThumbnailAsync(string id, CancellationToken cancellationToken = default) =>
        _calls.GetBytesAsync($"{PathOf(id)}/thumbnail", Png.MediaType!, cancellationToken);

    /// <summary>Gives a client a picture, in place of what it has. Needs <c>account:read_write</c>.</summary>
    /// <param name="id"><see cref="OAuthClient.Id"/>.</param>
    /// <param name="png">A PNG of 128 by 128 pixels.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <inheritdoc cref="InstancesApi.ListAsync" path="/exception"/>
    public Task SetThumbnailAsync(string id, ReadOnlyMemory<byte> png, CancellationToken cancellationToken = default) =>
        _calls.SendAsync(
            HttpMethod.Put, $"{PathOf(id)}/thumbnail", new ReadOnlyMemoryContent(png) { Headers = { ContentType = Png } }, cancellationToken);

    private static string PathOf(string id) => $"{Path}/{PathSegment.One(id)}";

    private static void RefuseRelative(Uri? uri, string parameter)
    {
        if (uri is { IsAbsoluteUri: false })
        {
            throw new ArgumentException("A redirect URI is absolute.", parameter);
        }
    }
}
