using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Latchkey.Cli.Tests.Doctor;

/// <summary>A web server that is no login server and says yes to everything.</summary>
internal sealed class Other : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Other(WebApplication app) => _app = app;

    public string Url => _app.Urls.Single();

    public static async Task<Other> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(context => context.Response.WriteAsync("<h1>It works!</h1>"));
        await app.StartAsync();
        return new Other(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
