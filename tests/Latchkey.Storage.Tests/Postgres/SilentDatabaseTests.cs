using System.Net;
using System.Net.Sockets;
using Latchkey.Storage.Postgres;
using Microsoft.Extensions.Options;

namespace Latchkey.Storage.Tests.Postgres;

/// <summary>A database that takes connections and says nothing, as one does behind a cable that was pulled.</summary>
public sealed class SilentDatabaseTests : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<TcpClient> _open = [];
    private readonly Task _listening;

    public SilentDatabaseTests()
    {
        _listener.Start();
        _listening = ListenAsync();
    }

    [Fact]
    public async Task Whoever_waits_in_a_long_line_is_told_with_the_first()
    {
        await using var connections = Connect(seconds: 1);
        var readers = new PostgresReaders(connections);

        var failures = await Task.WhenAll(Enumerable.Range(0, 5_000).Select(_ =>
            Record.ExceptionAsync(() => ReadAsync(readers, TestContext.Current.CancellationToken)).AsTask()));

        // A hundred go in one trip: fifty trips, had each of them to find out by itself.
        Assert.All(failures, f => Assert.IsType<StorageUnavailableException>(f));
        Assert.InRange(_open.Count, 1, 20);
    }

    [Fact]
    public async Task A_line_has_an_end()
    {
        await using var connections = Connect(seconds: 60);
        var readers = new PostgresReaders(connections);
        using var leave = new CancellationTokenSource();

        var asked = Enumerable.Range(0, 10_000).Select(_ => Record.ExceptionAsync(() => ReadAsync(readers, leave.Token)).AsTask()).ToList();
        await leave.CancelAsync();
        var refused = (await Task.WhenAll(asked)).OfType<StorageUnavailableException>().ToList();

        // At most four hundred are on their way.
        Assert.InRange(refused.Count, 10_000 - 8_192 - 400, 10_000 - 8_192);
        Assert.All(refused, r => Assert.Contains("Too many reads", r.Message, StringComparison.Ordinal));
    }

    public void Dispose()
    {
        _listener.Stop();
        Assert.True(_listening.Wait(TimeSpan.FromMinutes(1)));
        _open.ForEach(c => c.Dispose());
        _listener.Dispose();
    }

    private static Task<int> ReadAsync(PostgresReaders readers, CancellationToken cancellationToken) =>
        readers.ReadAsync("SELECT 1", _ => { }, row => row.GetInt32(0), cancellationToken).AsTask();

    private PostgresConnections Connect(int seconds) => new(Options.Create(new StorageOptions
    {
        Database = $"Host=127.0.0.1;Port={((IPEndPoint)_listener.LocalEndpoint).Port};Username=a;Password=b;Database=c;Timeout={seconds};SSL Mode=Disable",
    }));

    private async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                _open.Add(await _listener.AcceptTcpClientAsync(CancellationToken.None));
            }
        }
        catch (SocketException)
        {
            // Stopped.
        }
    }
}
