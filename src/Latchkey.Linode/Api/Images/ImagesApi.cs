namespace Latchkey.Linode;

/// <summary>What a Linode can be made from.</summary>
public sealed class ImagesApi
{
    private readonly ApiCalls _calls;

    internal ImagesApi(ApiCalls calls) => _calls = calls;

    /// <summary>
    /// All images, page after page as they are read. Public ones need no scope; one's own need <c>images:read_only</c>.
    /// </summary>
    /// <inheritdoc cref="RegionsApi.ListAsync" path="/param|/exception"/>
    public IAsyncEnumerable<Image> ListAsync(Filter<Image>? filter = null, int? pageSize = null, CancellationToken cancellationToken = default) =>
        _calls.ListAsync("/images", ApiJson.Default.PageImage, filter, pageSize, cancellationToken);

    /// <summary>One image. A public one needs no scope; one's own needs <c>images:read_only</c>.</summary>
    /// <param name="id"><see cref="Image.Id"/>.</param>
    /// <inheritdoc cref="RegionsApi.GetAsync" path="/param[@name!='id']|/exception"/>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<Image> GetAsync(string id, CancellationToken cancellationToken = default) =>
        _calls.GetAsync($"/images/{PathSegment.Of(id)}", ApiJson.Default.Image, cancellationToken);
}
