namespace Latchkey.Linode;

/// <summary>Scripts that new Linodes run. Public ones need no scope; one's own need <c>stackscripts:read_only</c>.</summary>
public sealed class StackScriptsApi
{
    private readonly ApiCalls _calls;

    internal StackScriptsApi(ApiCalls calls) => _calls = calls;

    /// <summary>All StackScripts that can be seen, page after page as they are read.</summary>
    /// <inheritdoc cref="RegionsApi.ListAsync" path="/param|/exception"/>
    public IAsyncEnumerable<StackScript> ListAsync(Filter<StackScript>? filter = null, int? pageSize = null, CancellationToken cancellationToken = default) =>
        _calls.ListAsync("/linode/stackscripts", ApiJson.Default.PageStackScript, filter, pageSize, cancellationToken);

    /// <summary>One StackScript.</summary>
    /// <param name="id"><see cref="StackScript.Id"/>.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <inheritdoc cref="RegionsApi.GetAsync" path="/exception"/>
    public Task<StackScript> GetAsync(int id, CancellationToken cancellationToken = default) =>
        _calls.GetAsync($"/linode/stackscripts/{id}", ApiJson.Default.StackScript, cancellationToken);
}
