using Latchkey.AspNetCore;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.CloudApi.Authentication;

internal static class AuthenticationServices
{
    /// <summary>As any API owner would: who calls is asked of the login server, request by request.</summary>
    public static void AddCloudAuthentication(this IServiceCollection services, CloudApiOptions options) =>
        services.AddAuthentication(LatchkeyBearerDefaults.AuthenticationScheme).AddLatchkeyBearer(bearer =>
        {
            bearer.LoginServer = options.LoginServer;
            bearer.ClientId = options.ClientId;
            bearer.ClientSecret = options.ClientSecret.Reveal();
            bearer.BackchannelHttpHandler = options.LoginServerTransport?.Invoke();
            bearer.AcceptTokenScheme = true;
            bearer.LinodeErrors = true;
            bearer.MissingScopeStatus = options.AnswerMissingScopeAsLinode ? 401 : 403;
        });
}
