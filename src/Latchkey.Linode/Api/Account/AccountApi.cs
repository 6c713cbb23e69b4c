namespace Latchkey.Linode;

/// <summary>The account that the person's token opens.</summary>
public sealed class AccountApi
{
    private readonly ApiCalls _calls;

    internal AccountApi(ApiCalls calls)
    {
        _calls = calls;
        OAuthClients = new OAuthClientsApi(calls);
    }

    /// <summary>The apps that are registered from this account.</summary>
    public OAuthClientsApi OAuthClients { get; }

    /// <summary>Whose account it is, and how it stands. Needs <c>account:read_only</c>.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <inheritdoc cref="InstancesApi.ListAsync" path="/exception"/>
    public Task<Account> GetAsync(CancellationToken cancellationToken = default) =>
        _calls.GetAsync("/account", ApiJson.Default.Account, cancellationToken);
}
