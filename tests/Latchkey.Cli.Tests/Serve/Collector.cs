using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Latchkey.Cli.Tests.Serve;

/// <summary>Takes OTLP over HTTP and keeps it; names and values stand in it as text.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Path, byte[] Body)> _taken = new();

    private Collector()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            _taken.Enqueue((context.Request.Path.Value!, body.ToArray()));
            context.Response.StatusCode = (int)HttpStatusCode.OK;
        });
    }

    public string Url => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public static async Task<Collector> StartAsync()
    {
        var collector = new Collector();
        await collector._app.StartAsync();
        return collector;
    }

    /// <summary>All that came to <paramref name="path"/>.</summary>
    public string Text(string path) => string.Concat(_taken.Where(t => t.Path == path).Select(t => Encoding.Latin1.GetString(t.Body)));

    public string Paths => string.Join(' ', _taken.Select(t => t.Path).Distinct().Order());

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
