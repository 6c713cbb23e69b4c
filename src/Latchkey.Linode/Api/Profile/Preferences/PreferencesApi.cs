using System.Text.Json.Nodes;

namespace Latchkey.Linode;

/// <summary>
/// What apps remember for the person: one JSON object, kept as it is. Linode keeps one for each app; other servers may keep one
/// for all of a person's apps, so give your members names of their own, and keep no secret in it.
/// </summary>
public sealed class PreferencesApi
{
    private const string Path = "/profile/preferences";

    private readonly ApiCalls _calls;

    internal PreferencesApi(ApiCalls calls) => _calls = calls;

    /// <summary>What is kept; an empty object when nothing is. Needs <c>account:read_only</c>.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <inheritdoc cref="InstancesApi.ListAsync" path="/exception"/>
    public Task<JsonObject> GetAsync(CancellationToken cancellationToken = default) =>
        _calls.GetAsync(Path, ApiJson.Default.JsonObject, cancellationToken);

    /// <summary>
    /// Keeps this in place of everything that was kept: read first what shall stay. Needs <c>account:read_write</c>.
    /// </summary>
    /// <param name="preferences">All of it.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>What is kept now.</returns>
    /// <inheritdoc cref="InstancesApi.ListAsync" path="/exception"/>
    public Task<JsonObject> ReplaceAsync(JsonObject preferences, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(preferences);
        return _calls.SendAsync(HttpMethod.Put, Path, preferences, ApiJson.Default.JsonObject, ApiJson.Default.JsonObject, cancellationToken);
    }
}
