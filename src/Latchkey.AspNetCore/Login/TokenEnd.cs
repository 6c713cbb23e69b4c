using Latchkey.Linode;

namespace Latchkey.AspNetCore;

/// <summary>Ends a token at the login server, within the time a person waits.</summary>
internal static class TokenEnd
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Null when the token has ended, otherwise why it may still be alive.</summary>
    public static async Task<LinodeOAuthException?> TryAsync(LinodeOptions options, OAuthToken token)
    {
        // Not tied to a request: a browser that goes away must not keep the token alive.
        using var patience = new CancellationTokenSource(Patience, options.TimeProvider ?? TimeProvider.System);
        try
        {
            await options.CreateLoginClient().ExpireTokenAsync(token, patience.Token);
            return null;
        }
        catch (LinodeOAuthException e)
        {
            return e;
        }
        catch (OperationCanceledException e)
        {
            return new OAuthUnreachableException("The login server took too long. Try again in a moment.", e);
        }
        catch (Exception e)
        {
            // The app's own handler may throw what it likes: a logout must not become an error page, whose writer throws the
            // cookie's end away with all other headers, nor hide why a login failed.
            return new OAuthUnreachableException("The token could not be ended; the cause is the inner exception.", e);
        }
    }
}
