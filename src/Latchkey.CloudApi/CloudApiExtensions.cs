using Latchkey.CloudApi.Authentication;
using Latchkey.CloudApi.Envelope;
using Latchkey.CloudApi.Gateway;
using Latchkey.CloudApi.Images;
using Latchkey.CloudApi.Limits;
using Latchkey.CloudApi.Linodes.Instances;
using Latchkey.CloudApi.Linodes.StackScripts;
using Latchkey.CloudApi.Linodes.Types;
using Latchkey.CloudApi.Regions;
using Latchkey.CloudApi.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Latchkey.CloudApi;

/// <summary>The simulated cloud in a host: <c>AddLatchkeyCloudApi</c>, <c>UseLatchkeyCloudApi</c>, <c>MapLatchkeyCloudApi</c>.</summary>
public static class CloudApiExtensions
{
    private static readonly string[] Versions = ["/v4", "/v4beta"];

    public static IServiceCollection AddLatchkeyCloudApi(this IServiceCollection services, CloudApiOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddCloudStorage(options);
        services.AddScoped<InstanceStore>();
        services.AddScoped<StackScriptStore>();
        services.AddCloudAuthentication(options);
        services.AddGateway();
        return services;
    }

    /// <summary>Call it first: what stands before it answers without envelope, headers and limits.</summary>
    public static IApplicationBuilder UseLatchkeyCloudApi(this IApplicationBuilder app)
    {
        app.UseResponseHeaders();
        app.UseMiddleware<EnvelopeMiddleware>();
        app.UseMiddleware<RateLimitMiddleware>();
        app.UseRouting();

        // The login server checks the tokens of what is forwarded to it; asking it twice would tell nothing new.
        app.MapWhen(
            context => context.GetEndpoint()?.Metadata.GetMetadata<Forwarded>() is not null,
            gateway => gateway.Run(context => context.GetEndpoint()!.RequestDelegate!(context)));
        app.UseAuthentication();
        app.UseAuthorization();
        return app;
    }

    public static IEndpointRouteBuilder MapLatchkeyCloudApi(this IEndpointRouteBuilder routes)
    {
        foreach (var version in Versions)
        {
            var api = routes.MapGroup(version);
            api.MapRegions();
            api.MapImages();
            api.MapLinodeTypes();
            api.MapStackScripts();
            api.MapInstances();
            api.MapGateway();
        }

        return routes;
    }
}
