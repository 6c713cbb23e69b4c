using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Latchkey.Bench.Operations;

namespace Latchkey.Bench.Load;

/// <summary>
/// A closed loop: each connection sends its next call as soon as it has the answer to the last. One thread serves all of
/// them with blocking sockets and select, which costs the driver's core less than the cheapest server spends on its own.
/// </summary>
internal sealed class LoadDriver : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly IReadOnlyList<IPEndPoint> _servers;
    private readonly Dictionary<Socket, Connection> _connections;
    private readonly CancellationToken _stop;

    /// <param name="servers">In turns: each has the same share of the connections.</param>
    /// <param name="connections">How many call at once.</param>
    /// <param name="stop">Ends a run.</param>
    public LoadDriver(IReadOnlyList<IPEndPoint> servers, int connections, CancellationToken stop)
    {
        _servers = servers;
        _stop = stop;
        _connections = Enumerable.Range(0, connections).Select(Connect).ToDictionary(c => c.Socket);
    }

    public int Connections => _connections.Count;

    /// <summary>Returns when every call sent has been answered; the first wrong answer ends the whole bench.</summary>
    public LoadResult Run(Operation operation, LoadLimit limit)
    {
        ReplaceClosed();
        var latencies = new Latencies();
        var ready = new List<Socket>(_connections.Count);
        var start = Stopwatch.GetTimestamp();
        long sent = 0;
        long answered = 0;
        double callsPerSecond = 0;
        foreach (var connection in _connections.Values)
        {
            SendNext(connection);
        }

        while (answered < sent)
        {
            Wait(ready, operation);
            foreach (var socket in ready)
            {
                var connection = _connections[socket];
                if (connection.TryReceive(out var answer))
                {
                    latencies.Add(Stopwatch.GetTimestamp() - connection.SentAt);
                    answered++;
                    operation.Accept(connection.Number, answer);
                    SendNext(connection);
                }
            }
        }

        return new LoadResult(answered, callsPerSecond > 0 ? callsPerSecond : Pace(), latencies);

        double Pace() => answered / Stopwatch.GetElapsedTime(start).TotalSeconds;

        void SendNext(Connection connection)
        {
            var length = limit.Reached(start, sent) ? 0 : operation.Write(connection.Number, connection.Request);
            if (length > 0)
            {
                connection.Send(length);
                sent++;
            }
            else if (callsPerSecond == 0 && answered >= _connections.Count)
            {
                callsPerSecond = Pace();
            }
        }
    }

    public void Dispose()
    {
        foreach (var connection in _connections.Values)
        {
            connection.Dispose();
        }
    }

    // A server closes a connection that has waited for its turn too long. Between two runs nothing is on its way, so one that
    // can be read is one that has ended.
    private void ReplaceClosed()
    {
        foreach (var connection in _connections.Values.Where(c => c.Socket.Poll(0, SelectMode.SelectRead)).ToList())
        {
            _connections.Remove(connection.Socket);
            connection.Dispose();
            var next = Connect(connection.Number);
            _connections.Add(next.Socket, next);
        }
    }

    private Connection Connect(int number) => new(_servers[number % _servers.Count], number);

    private void Wait(List<Socket> ready, Operation operation)
    {
        _stop.ThrowIfCancellationRequested();
        ready.Clear();
        foreach (var connection in _connections.Values)
        {
            if (connection.IsWaiting)
            {
                ready.Add(connection.Socket);
            }
        }

        Socket.Select(ready, null, null, Patience);
        if (ready.Count == 0)
        {
            throw new BenchException($"No answer within {Patience.TotalSeconds:0} s ({operation.Name}).");
        }
    }
}
