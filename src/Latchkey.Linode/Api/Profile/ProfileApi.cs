namespace Latchkey.Linode;

/// <summary>The person whose token this is, and what is theirs.</summary>
public sealed class ProfileApi
{
    private readonly ApiCalls _calls;

    internal ProfileApi(ApiCalls calls)
    {
        _calls = calls;
        Tokens = new PersonalTokensApi(calls);
        Apps = new AuthorizedAppsApi(calls);
        SshKeys = new SshKeysApi(calls);
        Preferences = new PreferencesApi(calls);
    }

    /// <summary>Their own tokens, for their scripts.</summary>
    public PersonalTokensApi Tokens { get; }

    /// <summary>The apps they let into their account.</summary>
    public AuthorizedAppsApi Apps { get; }

    /// <summary>Their SSH keys.</summary>
    public SshKeysApi SshKeys { get; }

    /// <summary>What the app remembers for them.</summary>
    public PreferencesApi Preferences { get; }

    /// <summary>Who they are. Needs a token, and no scope.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="LinodeTokenException">The token is no good.</exception>
    /// <exception cref="LinodeApiException">The API refused.</exception>
    /// <exception cref="HttpRequestException">No answer.</exception>
    public Task<Profile> GetAsync(CancellationToken cancellationToken = default) =>
        _calls.GetAsync("/profile", ApiJson.Default.Profile, cancellationToken);

    /// <summary>Changes what is known about them. Needs <c>account:read_write</c>.</summary>
    /// <param name="request">What shall change.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The profile as it is now.</returns>
    /// <inheritdoc cref="InstancesApi.ListAsync" path="/exception"/>
    public Task<Profile> UpdateAsync(UpdateProfileRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _calls.SendAsync(
            HttpMethod.Put, "/profile", request, ApiJson.Default.UpdateProfileRequest, ApiJson.Default.Profile, cancellationToken);
    }
}
