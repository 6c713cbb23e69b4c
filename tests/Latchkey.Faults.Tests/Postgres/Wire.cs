using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Latchkey.Faults.Tests.Postgres;

/// <summary>
/// The network between one node and its database: every connection of the node goes through it, and it can be cut, fall silent,
/// or break at a chosen piece of what the node sends.
/// </summary>
internal sealed class Wire : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly EndPoint _database;
    private readonly Lock _lock = new();
    private readonly HashSet<Socket> _open = [];
    private readonly List<Socket> _fillers = [];
    private TaskCompletionSource _speaks = Completed();
    private bool _cut;
    private int _pieces;

    public Wire(PostgresCluster cluster)
    {
        _database = new UnixDomainSocketEndPoint(Path.Combine(cluster.Host, ".s.PGSQL.5432"));
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Asked about each piece that the node sends, by its number from 1 on. Null lets all pass.</summary>
    public Func<int, string, Fate>? Decide { get; set; }

    /// <summary>How many pieces the node has sent.</summary>
    public int Pieces => Volatile.Read(ref _pieces);

    public string ConnectionString(string database) =>
        $"Host=127.0.0.1;Port={((IPEndPoint)_listener.LocalEndpoint).Port};Username=latchkey;Database={database}";

    /// <summary>Connections end, and new ones are closed at once.</summary>
    public void Cut()
    {
        lock (_lock)
        {
            _cut = true;
            _open.ToList().ForEach(s => s.Dispose());
            _open.Clear();
        }
    }

    /// <summary>Nothing comes through any more, and nobody is told: connections stay open, and new ones are not even refused.</summary>
    public void Silence()
    {
        lock (_lock)
        {
            _speaks = new(TaskCreationOptions.RunContinuationsAsynchronously);

            // Where nobody accepts and the queue is full, the kernel drops what asks for a connection.
            _listener.Server.Listen(0);
            for (var i = 0; i < 4; i++)
            {
                var filler = new Socket(SocketType.Stream, ProtocolType.Tcp);
                _fillers.Add(filler);
                _ = FillAsync(filler);
            }
        }
    }

    public void Mend()
    {
        lock (_lock)
        {
            _cut = false;
            _fillers.ForEach(f => f.Dispose());
            _fillers.Clear();
            _listener.Server.Listen(512);
            _speaks.TrySetResult();
        }
    }

    public void Dispose()
    {
        Mend();
        _listener.Dispose();
        Cut();
    }

    private static TaskCompletionSource Completed()
    {
        var done = new TaskCompletionSource();
        done.SetResult();
        return done;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                await _speaks.Task;
                _ = ConnectAsync(await _listener.AcceptSocketAsync());
            }
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException)
        {
            // Nobody listens any more.
        }
    }

    private async Task FillAsync(Socket filler)
    {
        try
        {
            await filler.ConnectAsync(_listener.LocalEndpoint);
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException)
        {
            // It is not to speak, only to stand in the way.
        }
    }

    private async Task ConnectAsync(Socket node)
    {
        using var link = new Link(node, new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified));
        lock (_lock)
        {
            if (_cut)
            {
                return;
            }

            _open.UnionWith([link.Node, link.Database]);
        }

        try
        {
            node.NoDelay = true;
            await link.Database.ConnectAsync(_database);
            await Task.WhenAny(ForwardAsync(link), ReturnAsync(link));
        }
        catch (Exception broken) when (broken is SocketException or ObjectDisposedException)
        {
            // As between machines: the node sees its end close.
        }
        finally
        {
            lock (_lock)
            {
                _open.ExceptWith([link.Node, link.Database]);
            }
        }
    }

    private async Task ForwardAsync(Link link)
    {
        await CopyAsync(link.Node, link.Database, piece =>
        {
            var number = Interlocked.Increment(ref _pieces);
            var fate = Decide?.Invoke(number, Encoding.Latin1.GetString(piece.Span)) ?? Fate.Pass;
            link.LosesAnswer |= fate == Fate.LoseAnswer;
            return fate != Fate.Lose;
        });
    }

    private Task ReturnAsync(Link link) => CopyAsync(link.Database, link.Node, _ => !link.LosesAnswer);

    private async Task CopyAsync(Socket from, Socket to, Func<ReadOnlyMemory<byte>, bool> passes)
    {
        var buffer = new byte[65536];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var length)
            {
                await _speaks.Task;
                if (!passes(buffer.AsMemory(0, length)))
                {
                    return;
                }

                await to.SendAsync(buffer.AsMemory(0, length));
            }
        }
        catch (Exception broken) when (broken is SocketException or ObjectDisposedException)
        {
            // One end is gone; the other is closed in a moment.
        }
    }

    private sealed class Link(Socket node, Socket database) : IDisposable
    {
        private volatile bool _losesAnswer;

        public Socket Node => node;

        public Socket Database => database;

        public bool LosesAnswer
        {
            get => _losesAnswer;
            set => _losesAnswer = value;
        }

        public void Dispose()
        {
            Node.Dispose();
            Database.Dispose();
        }
    }
}

/// <summary>What becomes of a piece that a node sends to its database.</summary>
internal enum Fate
{
    /// <summary>It arrives.</summary>
    Pass,

    /// <summary>The connection breaks before it arrives.</summary>
    Lose,

    /// <summary>It arrives and is carried out; the connection breaks before the answer does.</summary>
    LoseAnswer,
}
