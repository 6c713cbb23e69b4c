namespace Latchkey.Linode;

/// <summary>The person whose token this is.</summary>
public sealed class ProfileApi
{
    private readonly ApiCalls _calls;

    internal ProfileApi(ApiCalls calls) => _calls = calls;

    /// <summary>Who they are. Needs a token, and no scope.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="LinodeTokenException">The token is no good.</exception>
    /// <exception cref="LinodeApiException">The API refused.</exception>
    public Task<Profile> GetAsync(CancellationToken cancellationToken = default) =>
        _calls.GetAsync("/profile", ApiJson.Default.Profile, cancellationToken);
}
