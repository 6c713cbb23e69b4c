namespace Latchkey.Linode;

/// <summary>Where Linodes can be. Needs no scope, and no token.</summary>
public sealed class RegionsApi
{
    private readonly ApiCalls _calls;

    internal RegionsApi(ApiCalls calls) => _calls = calls;

    /// <summary>All regions, page after page as they are read.</summary>
    /// <param name="filter">Which ones; null for all.</param>
    /// <param name="pageSize">How many to fetch at once, 25 to 500; null for the API's own 100.</param>
    /// <param name="cancellationToken">Stops between pages and inside a call.</param>
    /// <exception cref="LinodeApiException">The API refused.</exception>
    public IAsyncEnumerable<Region> ListAsync(Filter<Region>? filter = null, int? pageSize = null, CancellationToken cancellationToken = default) =>
        _calls.ListAsync("/regions", ApiJson.Default.PageRegion, filter, pageSize, cancellationToken);

    /// <summary>One region.</summary>
    /// <param name="id"><see cref="Region.Id"/>.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="LinodeApiException">The API refused; 404 when there is none.</exception>
    public Task<Region> GetAsync(string id, CancellationToken cancellationToken = default) =>
        _calls.GetAsync($"/regions/{PathSegment.Of(id)}", ApiJson.Default.Region, cancellationToken);
}
