using Latchkey.LoginServer.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.CompatibilityTests.InChromium;

/// <summary>A stand-in for Cloud Manager: one page without a server of its own behind it, on a port of its own.</summary>
internal sealed class ManagerSite : IAsyncDisposable
{
    private readonly ListeningSockets _sockets =
        ListeningSockets.Take(ListenAddress.TryParse("http://localhost:0", out var any) ? any : throw new InvalidOperationException());

    private WebApplication? _host;

    public string Url => _sockets.Addresses[0].Url;

    public async Task StartAsync(string login, string api, string clientId)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRouting();
        _sockets.Use(builder.WebHost);
        _host = builder.Build();
        var page = (await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "InChromium", "manager.html")))
            .Replace("%login%", login, StringComparison.Ordinal).Replace("%api%", api, StringComparison.Ordinal).Replace("%client%", clientId, StringComparison.Ordinal);
        _host.MapGet("/{**any}", () => Results.Content(page, "text/html; charset=utf-8"));
        await _host.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        _sockets.Dispose();
    }
}
