using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace InstallOnLinode.Tests;

/// <summary>The app on a port of its own, a Linode for it, and one visitor.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Visit(WebApplication app, FakeLinode linode)
    {
        _app = app;
        Linode = linode;
        Browser = new Browser(Url);
    }

    public FakeLinode Linode { get; }

    public Browser Browser { get; }

    public IServiceProvider Services => _app.Services;

    public Uri Url => new(_app.Urls.Single());

    public static async Task<Visit> StartAsync(Action<WebApplicationBuilder>? configure = null)
    {
        var linode = await FakeLinode.StartAsync();
        var app = InstallOnLinodeApp.Build(builder =>
        {
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["InstallOnLinode:ClientId"] = "wiki-installer",
                ["InstallOnLinode:ClientSecret"] = "s3cret",
                ["InstallOnLinode:LoginServer"] = linode.Url.ToString(),
                ["InstallOnLinode:ApiServer"] = linode.Api.ToString(),
                ["InstallOnLinode:StackScriptId"] = "7",
            });
            configure?.Invoke(builder);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new Visit(app, linode);
    }

    public async ValueTask DisposeAsync()
    {
        Browser.Dispose();
        await _app.DisposeAsync();
        await Linode.DisposeAsync();
    }
}
