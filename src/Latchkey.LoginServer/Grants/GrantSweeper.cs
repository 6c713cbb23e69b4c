using Latchkey.Storage;
using Latchkey.Storage.Grants;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Latchkey.LoginServer.Grants;

/// <summary>
/// Has ended grants forgotten while the server runs. Every server over one database looks whether it is time; one of them does it.
/// Whatever goes wrong is logged and tried again: no answer of the server depends on it.
/// </summary>
internal sealed class GrantSweeper : BackgroundService
{
    /// <summary>A start has other things to do.</summary>
    private static readonly TimeSpan FirstLook = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan NextLook = TimeSpan.FromHours(1);

    private readonly GrantSweep _sweep;
    private readonly LoginServerOptions _server;
    private readonly GrantSweepOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<GrantSweeper> _log;

    /// <exception cref="StartupException">The options are not usable; the message says what to change.</exception>
    public GrantSweeper(
        GrantSweep sweep, IOptions<LoginServerOptions> server, IOptions<GrantSweepOptions> options, TimeProvider clock, ILogger<GrantSweeper> log)
    {
        _sweep = sweep;
        _server = server.Value;
        _options = options.Value;
        _clock = clock;
        _log = log;
        if (_options.Problem() is { } problem)
        {
            throw new StartupException(problem);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var wait = FirstLook; ; wait = NextLook)
        {
            await Task.Delay(wait, _clock, stoppingToken);
            await LookAsync(stoppingToken);
        }
    }

    private async Task LookAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (await _sweep.SweepIfDueAsync(_server.Lifetimes, _options.Keep, _options.Every, stoppingToken) is { } forgotten)
            {
                Log.Swept(_log, forgotten);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
#pragma warning disable CA1031 // An exception here would end the server.
        catch (Exception broken)
#pragma warning restore CA1031
        {
            Log.SweepFailed(_log, broken);
        }
    }
}
