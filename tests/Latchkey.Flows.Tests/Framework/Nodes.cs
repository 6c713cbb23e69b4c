using Latchkey.LoginServer;
using Latchkey.LoginServer.Hosting;
using Latchkey.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace Latchkey.Flows.Tests.Framework;

/// <summary>
/// Two login servers over one PostgreSQL database, and in front of them a proxy that gives each request to the other one than
/// the last. With SQLite (<see cref="TestDatabase"/>) one server stands alone.
/// </summary>
internal static class Nodes
{
    /// <summary>Node and proxy to stand beside the first node, in the order in which they start.</summary>
    public static IReadOnlyList<WebApplication> Beside(
        ListeningSockets front, string firstUrl, ListeningSockets second, string issuer, Action<StorageOptions> storage, Action<WebApplicationBuilder> join)
    {
        var node = LoginServerHost.Build(second, server => server.Issuer = issuer, storage, join);
        return [node, Proxy(front, [firstUrl, second.Addresses[0].Url])];
    }

    private static WebApplication Proxy(ListeningSockets front, string[] nodes)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        // It names itself no more than the nodes do: a test reads the headers of what comes through it.
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        front.Use(builder.WebHost);
        builder.Logging.ClearProviders();
        builder.Services.AddHttpForwarder();
        var app = builder.Build();
        var forwarder = app.Services.GetRequiredService<IHttpForwarder>();
        var invoker = new HttpMessageInvoker(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, UseProxy = false });
        var requests = 0;
        app.Run(async context => await forwarder.SendAsync(context, nodes[(uint)Interlocked.Increment(ref requests) % 2], invoker));
        return app;
    }
}
