using Latchkey.Linode;
using Latchkey.Protocol;
using Microsoft.Extensions.Options;

namespace Latchkey.AspNetCore;

/// <summary>Fills in what follows from the login server. Registered before the framework's own, which makes the back channel.</summary>
internal sealed class LinodePostConfigure : IPostConfigureOptions<LinodeOptions>
{
    public void PostConfigure(string? name, LinodeOptions options)
    {
        if (options.LoginServer is not { IsAbsoluteUri: true })
        {
            throw new InvalidOperationException("AddLinode: set LoginServer to an absolute address, https unless it is on this machine (http://localhost:5080).");
        }

        var server = options.LoginServer.AbsoluteUri.TrimEnd('/');
        options.AuthorizationEndpoint ??= server + OAuthPaths.Authorize;
        options.TokenEndpoint ??= server + OAuthPaths.Token;
        options.ApiServer ??= options.LoginServer == LinodeLoginClient.DefaultBaseUrl ? LinodeClient.DefaultBaseUrl : null;
        options.ClientSecret ??= "";

        // The framework's would follow a redirect from the token endpoint and carry the secret along.
        options.BackchannelHttpHandler ??= new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
    }
}
