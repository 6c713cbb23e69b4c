using Latchkey.Linode;
using Latchkey.Protocol;
using Microsoft.Extensions.Options;

namespace InstallOnLinode.Install;

/// <summary>The point of it all: creates the Linode in the visitor's account, then gives the access back.</summary>
internal sealed class Installer(IOptions<InstallOnLinodeOptions> options, LinodeLoginClient login, ILogger<Installer> logger)
{
    /// <summary>What this takes, and no more.</summary>
    public static ScopeSet Needed { get; } = [OAuthScopes.Linodes.ReadWrite, OAuthScopes.StackScripts.ReadOnly];

    /// <summary>Carries out the order. However it ends, the token is expired before this returns.</summary>
    public async Task<(Outcome Outcome, RootPassword? Password)> InstallAsync(Order order, OAuthToken token)
    {
        // Not the browser's cancellation: a visitor who closes the tab must not leave a living token behind.
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        RootPassword? password = null;
        Outcome outcome;
        try
        {
            (outcome, password) = await CreateAsync(order, token, patience.Token);
        }
        catch (LinodeScopeException e)
        {
            outcome = new Outcome.InsufficientScopes(e.NeededScopes ?? Needed);
        }
        catch (LinodeApiException e)
        {
            Log.Refused(logger, e);
            outcome = new Outcome.Failed(
                e.Errors.Count > 0 ? $"Linode's answer: {string.Join(" ", e.Errors.Select(x => x.Reason))}" : "Linode's API did not answer as expected.",
                MayExist: (int)e.Status >= 500);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            // The answer was lost, not necessarily the request.
            Log.Refused(logger, e);
            outcome = new Outcome.Failed("Linode's API could not be reached, or took too long to answer.", MayExist: true);
        }

        return (outcome with { AccessStillOpen = !await ExpireAsync(token) }, password);
    }

    /// <summary>Ends the access; false when the login server did not confirm it.</summary>
    public async Task<bool> ExpireAsync(OAuthToken token)
    {
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            await login.ExpireTokenAsync(token, patience.Token);
            return true;
        }
        catch (Exception e) when (e is LinodeOAuthException or OperationCanceledException)
        {
            Log.NotExpired(logger, e);
            return false;
        }
    }

    private async Task<(Outcome Outcome, RootPassword? Password)> CreateAsync(Order order, OAuthToken token, CancellationToken cancellationToken)
    {
        // The visitor may have unticked something. Saying what is missing beats a refusal halfway through.
        if (!token.Scopes.Covers(Needed))
        {
            return (new Outcome.InsufficientScopes(Needed.Except(token.Scopes)), null);
        }

        var linode = new LinodeClient(token.AccessToken, options.Value.ApiServer);
        var created = await linode.Linodes.Instances.CreateAsync(
            new CreateInstanceRequest
            {
                Region = order.Region,
                Type = order.Type,
                Image = order.Image,
                RootPassword = RootPassword.Generate(),
                StackScriptId = order.StackScriptId,
                StackScriptData = order.StackScriptId is null ? null : order.Fields,
            },
            cancellationToken);
        return (new Outcome.Installed(created.Instance), created.RootPassword);
    }
}
