using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Latchkey.AspNetCore;

/// <summary>Registers one <see cref="IntrospectionClient"/> for each scheme, with connections of its own.</summary>
internal static class IntrospectionRegistration
{
    // While the login server is silent, and when it comes back, so many questions are on their way and not one for each caller:
    // the others wait for a connection, within the same timeout.
    private const int MaxConnections = 256;

    public static IServiceCollection AddIntrospection(this IServiceCollection services, string scheme)
    {
        services.AddKeyedSingleton(scheme, (provider, _) => new IntrospectionClient(
            provider.GetRequiredService<IHttpClientFactory>(),
            provider.GetRequiredService<IOptionsMonitor<LatchkeyBearerOptions>>(),
            scheme));

        // One handler for the life of the process: the connections are renewed inside it, and none is thrown away idle.
        // No loggers, which would write two lines for each request.
        services.AddHttpClient(IntrospectionClient.NameOf(scheme))
            .ConfigureHttpClient((provider, http) =>
            {
                http.Timeout = provider.GetRequiredService<IOptionsMonitor<LatchkeyBearerOptions>>().Get(scheme).IntrospectionTimeout;
                http.MaxResponseContentBufferSize = 64 * 1024;
            })
            .ConfigurePrimaryHttpMessageHandler(provider =>
                provider.GetRequiredService<IOptionsMonitor<LatchkeyBearerOptions>>().Get(scheme).BackchannelHttpHandler
                ?? new SocketsHttpHandler
                {
                    AllowAutoRedirect = false,
                    UseCookies = false,
                    MaxConnectionsPerServer = MaxConnections,
                    PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                    ConnectTimeout = TimeSpan.FromSeconds(3),
                })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
        return services;
    }
}
