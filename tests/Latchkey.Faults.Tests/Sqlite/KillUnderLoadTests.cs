using System.Security.Cryptography;

namespace Latchkey.Faults.Tests.Sqlite;

/// <summary>kill -9 at no particular moment, while apps log in, refresh and revoke as fast as they can.</summary>
public sealed class KillUnderLoadTests
{
    private static readonly int Kills = LongRun.IsWanted ? 30 : 2;

    [Fact]
    [Spec("F-01")]
    public async Task A_kill_under_load_loses_nothing_that_was_acknowledged()
    {
        using var directory = new TempDirectory();
        var server = await RunningServer.ServeAsync(directory.Data);
        using var app = await App.RegisterAsync(directory.Data, "loaded");
        try
        {
            for (var kill = 0; kill < Kills; kill++)
            {
                app.Issuer = server.Issuer;
                var ledger = new Ledger(app);
                await ledger.LogInAsync();
                var load = new Load(ledger, apps: 32);
                load.Start();
                await load.AcknowledgedAsync(RandomNumberGenerator.GetInt32(50, 1000));
                await server.KillAsync();
                await load.StopAsync();
                await server.DisposeAsync();

                server = await RunningServer.ServeAsync(directory.Data);
                app.Issuer = server.Issuer;
                await ledger.CheckAsync(directory.Data);
            }
        }
        finally
        {
            await server.DisposeAsync();
        }
    }
}
