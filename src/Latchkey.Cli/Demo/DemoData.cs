using Latchkey.Cli.Users;
using Latchkey.Core.Clients;
using Latchkey.LoginServer.PersonalTokens;
using Latchkey.Protocol;
using Latchkey.Storage;
using Latchkey.Storage.Accounts;
using Latchkey.Storage.Clients;
using Latchkey.Storage.PersonalTokens;

namespace Latchkey.Cli.Demo;

/// <summary>
/// The demo's user, token and clients. On data that was kept they keep their ids; what is secret is made anew at each start,
/// since nothing keeps it.
/// </summary>
internal sealed class DemoData
{
    public const string UserName = "demo";

    private const string TokenLabel = "latchkey demo";

    private DemoData()
    {
    }

    public required RegisteredClient Api { get; init; }

    public required RegisteredClient App { get; init; }

    /// <summary>For Linode's command line and Cloud Manager, which cannot keep a secret.</summary>
    public required RegisteredClient LinodePublic { get; init; }

    /// <summary>For Linode's Python library. One redirect URI alone, since the library may leave it out.</summary>
    public required RegisteredClient LinodeConfidential { get; init; }

    public required NewPassword Password { get; init; }

    public required PersonalAccessToken Token { get; init; }

    public IEnumerable<RegisteredClient> Clients => [Api, App, LinodePublic, LinodeConfidential];

    /// <param name="services">The login server's.</param>
    /// <param name="api">The cloud API's client, registered before.</param>
    /// <param name="appUrl">Where the example app answers.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<DemoData> PrepareAsync(IServiceProvider services, RegisteredClient api, string appUrl, CancellationToken cancellationToken)
    {
        var clients = new DemoClients(services.GetRequiredService<ClientStore>());
        var password = NewPassword.Make();
        var token = Task.Run(() => UserAsync(services, password, cancellationToken), cancellationToken);
        return new DemoData
        {
            Api = api,
            App = await clients.RegisterAsync(
                new NewClient { Label = "Install on Linode", RedirectUris = [appUrl + InstallOnLinode.InstallOnLinodeApp.CallbackPath] }, cancellationToken),
            LinodePublic = await clients.RegisterAsync(
                new NewClient
                {
                    Label = "Linode CLI and Cloud Manager",
                    RedirectUris = ["http://localhost", "http://localhost:3000/oauth/callback"],
                    Public = true,
                    Compatibility = Compatibility.Linode,
                },
                cancellationToken),
            LinodeConfidential = await clients.RegisterAsync(
                new NewClient
                {
                    Label = "linode_api4 for Python",
                    RedirectUris = ["http://localhost:5000/auth_callback"],
                    Compatibility = Compatibility.Linode,
                },
                cancellationToken),
            Password = password,
            Token = await token,
        };
    }

    /// <summary>The client that the cloud API asks about tokens with.</summary>
    public static Task<RegisteredClient> ApiClientAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        new DemoClients(services.GetRequiredService<ClientStore>())
            .RegisterAsync(new NewClient { Label = "Cloud API", Api = true, Grants = [] }, cancellationToken);

    private static async Task<PersonalAccessToken> UserAsync(IServiceProvider services, NewPassword password, CancellationToken cancellationToken)
    {
        var accounts = services.GetRequiredService<AccountStore>();
        var known = await accounts.FindByNameAsync(UserName, cancellationToken);
        var result = known is null
            ? await accounts.CreateAsync(new NewAccount(UserName, "demo@example.com"), password.Text, cancellationToken)
            : await accounts.ResetPasswordAsync(known.Id, password.Text, cancellationToken);
        if (!result.Succeeded)
        {
            throw new StartupException("The demo user could not be made ready: " + string.Join(' ', result.Problems));
        }

        if (known is { Disabled: true })
        {
            await accounts.EnableAsync(known.Id, cancellationToken);
        }

        return await TokenAsync(services, result.User.Id, cancellationToken);
    }

    private static async Task<PersonalAccessToken> TokenAsync(IServiceProvider services, Guid user, CancellationToken cancellationToken)
    {
        var tokens = services.GetRequiredService<PersonalTokenStore>();
        foreach (var earlier in (await tokens.ListAsync(user, cancellationToken)).Where(t => t.Label == TokenLabel))
        {
            await tokens.RevokeAsync(earlier.Id, cancellationToken);
        }

        return await services.GetRequiredService<PersonalTokenIssuing>().IssueAsync(user, TokenLabel, ScopeSet.Everything, cancellationToken: cancellationToken)
            ?? throw new StartupException("The demo user was disabled while the demo started. Start it again.");
    }
}
