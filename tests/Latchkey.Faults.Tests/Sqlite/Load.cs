using System.Diagnostics;
using System.Security.Cryptography;

namespace Latchkey.Faults.Tests.Sqlite;

/// <summary>Apps at work: each logs in, redeems, refreshes and revokes, until it is stopped or the server is gone.</summary>
internal sealed class Load(Ledger ledger, int apps)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(2);

    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    public void Start() => _running = Task.WhenAll(Enumerable.Range(0, apps).Select(_ => Task.Run(RunAsync)));

    /// <summary>Waits until so many more requests were acknowledged, every app gave up, or the patience is at its end.</summary>
    public async Task AcknowledgedAsync(int more, TimeSpan? patience = null)
    {
        var enough = ledger.Acknowledged + more;
        var since = Stopwatch.StartNew();
        while (ledger.Acknowledged < enough && !_running.IsCompleted && since.Elapsed < (patience ?? TimeSpan.FromMinutes(2)))
        {
            await Task.Delay(Poll);
        }
    }

    /// <summary>Lets every app finish what it asked last.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested && await ledger.AuthorizeAsync() is { } grant && await ledger.RedeemAsync(grant))
        {
            for (var refreshes = RandomNumberGenerator.GetInt32(3); refreshes > 0; refreshes--)
            {
                if (!await ledger.RefreshAsync(grant))
                {
                    return;
                }
            }

            if (RandomNumberGenerator.GetInt32(2) == 0 && !await ledger.RevokeAsync(grant))
            {
                return;
            }
        }
    }
}
