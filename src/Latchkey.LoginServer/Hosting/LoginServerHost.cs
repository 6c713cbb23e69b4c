using Latchkey.LoginServer.PersonalTokens;
using Latchkey.Storage;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Latchkey.LoginServer.Hosting;

/// <summary>A login server in a host of its own, assembled in one place for the command line, the demo and tests.</summary>
public static partial class LoginServerHost
{
    /// <summary>
    /// Reads no settings file and no environment variable: what is not said here keeps its default, wherever the process was
    /// started from.
    /// </summary>
    public static WebApplication Build(
        ListeningSockets sockets,
        Action<LoginServerOptions> configure,
        Action<StorageOptions> storage,
        Action<WebApplicationBuilder>? more = null,
        Action<ListenOptions>? https = null)
    {
        ArgumentNullException.ThrowIfNull(sockets);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().ConfigureLatchkeyKestrel();
        sockets.Use(builder.WebHost, https);
        if (https is not null)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        QuietLifetime.Use(builder.Services);
        builder.Services.AddLatchkeyLoginServer(configure, storage);
        builder.Services.AddSingleton<PersonalTokenIssuing>();
        more?.Invoke(builder);
        var app = builder.Build();
        app.MapLatchkeyLoginServer();
        return app;
    }

    /// <summary>
    /// Makes the data ready; refuses, and changes nothing, when it cannot be. Warns where the database's set-up cannot keep what
    /// this server acknowledges.
    /// </summary>
    /// <exception cref="StartupException">The surroundings are wrong.</exception>
    public static async Task PrepareAsync(this WebApplication app, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(app);
        var database = app.Services.GetRequiredService<Database>();
        await database.PrepareAsync(cancellationToken);
        foreach (var warning in await database.DurabilityWarningsAsync(cancellationToken))
        {
            Log.MayLoseWrites(app.Logger, warning);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Warning}")]
        public static partial void MayLoseWrites(ILogger logger, string warning);
    }
}
