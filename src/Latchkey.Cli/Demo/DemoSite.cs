using System.Text.Json.Nodes;
using InstallOnLinode;
using Latchkey.Cli.Clients;
using Latchkey.Cli.Output;
using Latchkey.CloudApi;
using Latchkey.CloudApi.Hosting;
using Latchkey.LoginServer;
using Latchkey.LoginServer.DeliberateFaults;
using Latchkey.LoginServer.Hosting;
using Latchkey.Storage.Clients;
using Microsoft.Extensions.Options;

namespace Latchkey.Cli.Demo;

/// <summary>The three hosts. They know each other by address alone and speak HTTP, as they would on three machines.</summary>
internal sealed class DemoSite : IAsyncDisposable
{
    /// <summary>What the example app installs: "Static website" in the cloud API's catalogue.</summary>
    private const int StackScript = 10001;

    private readonly DemoData _data;
    private readonly DemoSettings _settings;
    private readonly string _login;
    private readonly string _api;
    private readonly string _app;
    private readonly WebApplication[] _hosts;

    private DemoSite(DemoData data, DemoSockets sockets, DemoSettings settings, WebApplication[] hosts)
    {
        _data = data;
        _settings = settings;
        _login = DemoSockets.UrlOf(sockets.Login);
        _api = DemoSockets.UrlOf(sockets.Api) + "/v4";
        _app = DemoSockets.UrlOf(sockets.App);
        _hosts = hosts;
    }

    public static async Task<DemoSite> StartAsync(DemoSockets sockets, string directory, DemoSettings settings, CancellationToken cancellationToken)
    {
        var hosts = new List<WebApplication>();
        try
        {
            var login = LoginServerHost.Build(
                sockets.Login,
                server => Configure(server, sockets, settings),
                storage => storage.DataDirectory = directory,
                builder =>
                {
                    ServerLogs.Use(builder, settings.Verbose);
                    builder.Services.AddDeliberateFaultsToLoginServer(settings.Faults);
                });
            hosts.Add(login);
            await login.PrepareAsync(cancellationToken);
            var apiClient = await DemoData.ApiClientAsync(login.Services, cancellationToken);
            var api = BuildApi(sockets, directory, apiClient, settings);
            hosts.Add(api);

            // The cloud makes its own database ready while the login server's is filled.
            var started = Task.Run(() => Task.WhenAll(login.StartAsync(cancellationToken), api.StartAsync(cancellationToken)), cancellationToken);
            var data = await DemoData.PrepareAsync(login.Services, apiClient, DemoSockets.UrlOf(sockets.App), cancellationToken);
            var app = BuildApp(sockets, data, settings);
            hosts.Add(app);
            await app.StartAsync(cancellationToken);
            await started;
            return new DemoSite(data, sockets, settings, [.. hosts]);
        }
        catch
        {
            foreach (var host in hosts)
            {
                await host.DisposeAsync();
            }

            throw;
        }
    }

    public void Announce(Printer printer)
    {
        var faults = DeliberateFaultSettings.Names.Where(n => _settings.Faults.Faults.Contains(n.Value)).ToList();
        var lifetime = _hosts[0].Services.GetRequiredService<IOptions<LoginServerOptions>>().Value.Lifetimes.Access;
        if (printer.IsJson)
        {
            printer.Json(new JsonObject
            {
                ["login"] = _login,
                ["api"] = _api,
                ["app"] = _app,
                ["username"] = DemoData.UserName,
                ["password"] = _data.Password.Text,
                ["token"] = _data.Token.Reveal(),
                ["clients"] = new JsonArray([.. _data.Clients.Select(ClientView.Json)]),
                ["token_lifetime"] = (long)lifetime.TotalSeconds,
                ["faults"] = Words.Array(faults.Select(f => f.Key)),
            });
            return;
        }

        printer.Facts(
            ("Example app", _app), ("Login server", _login), ("Cloud API", _api),
            ("User name", DemoData.UserName), ("Password", _data.Password.Text), ("Token", _data.Token.Reveal()),
            ("App tokens live", $"{lifetime.TotalSeconds:0} seconds"));
        printer.Line();
        foreach (var (name, fault) in faults)
        {
            printer.Line($"On purpose: {_settings.Faults.Describe(fault)} ({name}).");
        }

        printer.Line($"Open {_app} and press Install: you are sent to the login server, log in, and choose what the app may do.");
        printer.Line($"With the token: curl -H 'Authorization: Bearer {_data.Token.Reveal()}' {_api}/linode/instances");
        printer.Line("Ctrl-C stops it.");
    }

    /// <summary>Lets what is being answered be answered. The app first: it calls the others.</summary>
    public async Task StopAsync()
    {
        foreach (var host in _hosts.Reverse())
        {
            await host.StopAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts.Reverse())
        {
            await host.DisposeAsync();
        }
    }

    private static void Configure(LoginServerOptions server, DemoSockets sockets, DemoSettings settings)
    {
        server.Issuer = DemoSockets.UrlOf(sockets.Login);
        server.AnswerMissingScopeAsLinode = settings.AnswerMissingScopeAsLinode;
        if (settings.TokenLifetime is { } life)
        {
            server.Lifetimes = server.Lifetimes with { Access = life };
        }
    }

    private static WebApplication BuildApi(DemoSockets sockets, string directory, RegisteredClient client, DemoSettings settings)
    {
        var options = new CloudApiOptions
        {
            DataDirectory = directory,
            LoginServer = new Uri(DemoSockets.UrlOf(sockets.Login)),
            ClientId = client.Client.Id,
            AnswerMissingScopeAsLinode = settings.AnswerMissingScopeAsLinode,
            ClientSecret = client.Secret ?? throw new InvalidOperationException("An API has a secret."),
        };
        return CloudApiHost.Build(options, builder =>
        {
            Join(builder, sockets.Api, settings.Verbose);
            builder.Services.AddDeliberateFaultsToApi(settings.Faults);
        });
    }

    private static WebApplication BuildApp(DemoSockets sockets, DemoData data, DemoSettings settings) => InstallOnLinodeApp.Build(builder =>
    {
        Join(builder, sockets.App, settings.Verbose);
        builder.Services.Configure<InstallOnLinodeOptions>(app =>
        {
            app.ClientId = data.App.Client.Id;
            app.ClientSecret = data.App.Secret?.Reveal() ?? "";
            app.LoginServer = new Uri(DemoSockets.UrlOf(sockets.Login));
            app.ApiServer = new Uri(DemoSockets.UrlOf(sockets.Api) + "/v4");
            app.StackScriptId = StackScript;
        });
    });

    private static void Join(WebApplicationBuilder builder, ListeningSockets sockets, bool verbose)
    {
        sockets.Use(builder.WebHost);
        QuietLifetime.Use(builder.Services);
        ServerLogs.Use(builder, verbose);
    }
}
