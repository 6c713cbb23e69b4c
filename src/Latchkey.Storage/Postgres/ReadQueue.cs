using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;

namespace Latchkey.Storage.Postgres;

/// <summary>
/// Reads that wait together share a round trip, as writes share a commit: a trip costs several times what a row does. A read
/// that finds a trip free goes at once, with those that are ready by then. Each statement still sees all that was committed
/// before it was asked for.
/// </summary>
internal sealed class ReadQueue(PostgresConnections connections)
{
    // While one trip is under way the next reads come together: three trips at once, each with a third of them, cost a node twice
    // as much CPU. A second one begins when this many wait, so that one slow answer does not hold up everybody.
    private const int Crowd = 32;

    private const int MostTrips = 4;

    private const int MostInOne = 100;

    // As many as wait to write at most: more than a database that answers ever lets wait.
    private const int MostWaiting = 8192;

    private readonly ConcurrentQueue<QueuedRead> _waiting = new();
    private int _trips;

    /// <summary>Sends it, now or with the next trip.</summary>
    /// <exception cref="StorageUnavailableException">Too many wait already.</exception>
    public void Send(QueuedRead read)
    {
        if (_waiting.Count >= MostWaiting)
        {
            throw new StorageUnavailableException("Too many reads wait for the database.");
        }

        _waiting.Enqueue(read);
        Begin();
    }

    // Whoever finds enough trips under way leaves its read to them: each looks again after it has ended (see below).
    private void Begin()
    {
        int trips;
        do
        {
            trips = Volatile.Read(ref _trips);
            if (trips == MostTrips || (trips > 0 && _waiting.Count < trips * Crowd))
            {
                return;
            }
        }
        while (Interlocked.CompareExchange(ref _trips, trips + 1, trips) != trips);

        // Others' reads travel along: they are no part of this caller's request.
        using (ExecutionContext.SuppressFlow())
        {
            _ = TravelAsync();
        }
    }

    private async Task TravelAsync()
    {
        // Requests that are ready to run by now come first, and their reads along.
        await Task.Yield();
        var together = new List<QueuedRead>();
        while (true)
        {
            while (together.Count < MostInOne && _waiting.TryDequeue(out var read))
            {
                together.Add(read);
            }

            if (together.Count == 0)
            {
                break;
            }

            await AnswerAsync(together);
            together.Clear();
        }

        Interlocked.Decrement(ref _trips);
        if (!_waiting.IsEmpty)
        {
            Begin();
        }
    }

    private async Task AnswerAsync(List<QueuedRead> together)
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            await AskAsync(together);
        }
        catch (PostgresException refused) when (together.Count > 1 && !PostgresFailures.ConcernsAll(refused))
        {
            // The database refused one of them (its page is damaged, say), and with it the others.
            foreach (var read in together)
            {
                await AnswerAsync([read]);
            }
        }
#pragma warning disable CA1031 // Whatever broke, no caller may wait for ever.
        catch (Exception broken)
#pragma warning restore CA1031
        {
            if (broken is NpgsqlException failure && PostgresFailures.IsUnavailable(failure))
            {
                // One exception each: throwing it writes into it.
                together.ForEach(read => read.Fail(PostgresFailures.Unavailable(failure)));
                FailBefore(began, failure);
            }
            else
            {
                together.ForEach(read => read.Fail(broken));
            }
        }
    }

    // Whoever has waited for as long as this trip took has waited long enough: of a database that does not answer, each trip takes as
    // long as a timeout, and the last in a long line would wait for all of them.
    private void FailBefore(long began, NpgsqlException failure)
    {
        for (var left = _waiting.Count; left > 0 && _waiting.TryDequeue(out var read); left--)
        {
            if (read.Asked < began)
            {
                read.Fail(PostgresFailures.Unavailable(failure));
            }
            else
            {
                _waiting.Enqueue(read);
            }
        }
    }

    private async Task AskAsync(List<QueuedRead> together)
    {
        await using var batch = connections.Source.CreateBatch();
        together.ForEach(read => read.AddTo(batch));
        await using var reader = await batch.ExecuteReaderAsync();
        foreach (var read in together)
        {
            await read.AnswerAsync(reader);
            await reader.NextResultAsync();
        }
    }
}
