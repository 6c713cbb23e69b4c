namespace Latchkey.Linode;

/// <summary>The plans. Needs no scope, and no token.</summary>
public sealed class LinodeTypesApi
{
    private readonly ApiCalls _calls;

    internal LinodeTypesApi(ApiCalls calls) => _calls = calls;

    /// <summary>All plans, page after page as they are read.</summary>
    /// <inheritdoc cref="RegionsApi.ListAsync" path="/param|/exception"/>
    public IAsyncEnumerable<LinodeType> ListAsync(Filter<LinodeType>? filter = null, int? pageSize = null, CancellationToken cancellationToken = default) =>
        _calls.ListAsync("/linode/types", ApiJson.Default.PageLinodeType, filter, pageSize, cancellationToken);

    /// <summary>One plan.</summary>
    /// <param name="id"><see cref="LinodeType.Id"/>.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <inheritdoc cref="RegionsApi.GetAsync" path="/exception"/>
    public Task<LinodeType> GetAsync(string id, CancellationToken cancellationToken = default) =>
        _calls.GetAsync($"/linode/types/{PathSegment.Of(id)}", ApiJson.Default.LinodeType, cancellationToken);
}
