using System.Runtime.InteropServices;

namespace Latchkey.Cli;

/// <summary>How urgently a server is told to stop. That it is told at all, the command's own token says (<see cref="Signals"/>).</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _atOnce = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;
    private int _terminations;

    public StopSignals()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => _atOnce.Cancel());
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ =>
        {
            if (Interlocked.Increment(ref _terminations) > 1)
            {
                _atOnce.Cancel();
            }
        });
    }

    /// <summary>
    /// Cancelled by Ctrl-C, since somebody sits there and waits, and by a second SIGTERM. The first one is a supervisor's, which
    /// has time.
    /// </summary>
    public CancellationToken AtOnce => _atOnce.Token;

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _atOnce.Dispose();
    }
}
