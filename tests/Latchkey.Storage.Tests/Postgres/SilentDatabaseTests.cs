using System.Net;
using System.Net.Sockets;
using Latchkey.Storage.Postgres;
using Microsoft.Extensions.Options;

namespace Latchkey.Storage.Tests.Postgres;

/// <summary>A database that takes connections and says nothing, as one does behind a cable that was pulled.</summary>
public sealed class SilentDatabaseTests
{
    [Fact]
    public async Task Whoever_waits_in_a_long_line_is_told_with_the_first()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var asked = 0;
        var silent = ListenAsync();
        await using (var connections = Of($"Host=127.0.0.1;Port={port};Username=a;Password=b;Database=c;Timeout=1;SSL Mode=Disable"))
        {
            var readers = new PostgresReaders(connections);

            var failures = await Task.WhenAll(Enumerable.Range(0, 5_000).Select(_ => Record.ExceptionAsync(() =>
                readers.ReadAsync("SELECT 1", _ => { }, row => row.GetInt32(0), TestContext.Current.CancellationToken).AsTask()).AsTask()));

            Assert.All(failures, f => Assert.IsType<StorageUnavailableException>(f));
        }

        // A hundred go in one trip: fifty trips, had each of them to find out by itself.
        Assert.InRange(asked, 1, 20);
        listener.Stop();
        await silent;

        async Task ListenAsync()
        {
            var open = new List<TcpClient>();
            try
            {
                while (true)
                {
                    open.Add(await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken));
                    asked++;
                }
            }
            catch (SocketException)
            {
                open.ForEach(c => c.Dispose());
            }
        }
    }

    [Fact]
    public async Task A_line_has_an_end()
    {
        await using var storage = await TestStorage.CreateAsync(Engine.Postgres);
        var readers = storage.Get<PostgresReaders>();

        var failures = await Task.WhenAll(Enumerable.Range(0, 20_000).Select(_ => Record.ExceptionAsync(() =>
            readers.ReadAsync("SELECT pg_sleep(0)::text", _ => { }, row => row.GetString(0), TestContext.Current.CancellationToken).AsTask()).AsTask()));

        Assert.Contains(failures, f => f is StorageUnavailableException);
        Assert.All(failures, f => Assert.True(f is null or StorageUnavailableException));
    }

    private static PostgresConnections Of(string connection) => new(Options.Create(new StorageOptions { Database = connection }));
}
