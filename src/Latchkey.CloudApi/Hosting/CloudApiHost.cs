using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.CloudApi.Hosting;

/// <summary>The simulated cloud in a host of its own, assembled in one place for the demo and tests.</summary>
public static class CloudApiHost
{
    /// <summary>Reads no settings file and no environment variable: what is not said here keeps its default.</summary>
    public static WebApplication Build(CloudApiOptions options, Action<WebApplicationBuilder> more)
    {
        ArgumentNullException.ThrowIfNull(more);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.AddRouting();
        builder.Services.AddLatchkeyCloudApi(options);
        more(builder);
        var app = builder.Build();
        app.UseLatchkeyCloudApi();
        app.MapLatchkeyCloudApi();
        return app;
    }
}
