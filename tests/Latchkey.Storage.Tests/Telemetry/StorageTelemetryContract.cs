using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Latchkey.Storage.Telemetry;

namespace Latchkey.Storage.Tests.Telemetry;

public abstract class StorageTelemetryContract(Engine engine)
{
    [Fact]
    public async Task Every_write_is_counted_in_the_commit_it_shared_and_by_how_long_it_waited()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var (user, client) = (await storage.AddUserAsync(), (await storage.AddClientAsync()).Id);
        var heard = new ConcurrentQueue<(string Name, double Value)>();
        using var listener = Listen(storage.Get<IMeterFactory>(), heard);

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => storage.InsertAsync(user, client))));
        listener.RecordObservableInstruments();

        var sizes = heard.Where(h => h.Name == "latchkey.commit.size").Select(h => h.Value).ToList();
        Assert.Equal(50, sizes.Sum());
        Assert.Equal(sizes.Count, heard.Count(h => h.Name == "latchkey.commit.duration"));
        Assert.Equal(50, heard.Count(h => h.Name == "latchkey.queue.wait"));
        Assert.Equal(0, Assert.Single(heard, h => h.Name == "latchkey.queue.length").Value);
        Assert.All(heard, h => Assert.True(h.Value >= 0));
    }

    [Fact]
    public async Task A_commit_is_traced_with_a_link_to_each_request_it_answers()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var (user, client) = (await storage.AddUserAsync(), (await storage.AddClientAsync()).Id);
        using var request = new Activity("request").Start();
        var commits = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == StorageTelemetry.Name,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = commits.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);

        await storage.InsertAsync(user, client);
        await storage.Services.DisposeAsync();

        var commit = Assert.Single(commits, c => c.Links.Any(l => l.Context.TraceId == request.TraceId));
        Assert.Null(commit.ParentId);
        Assert.Equal(["latchkey.commit.size=1"], commit.TagObjects.Select(t => $"{t.Key}={t.Value}"));
    }

    private static MeterListener Listen(IMeterFactory server, ConcurrentQueue<(string, double)> heard)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (ReferenceEquals(instrument.Meter.Scope, server) && instrument.Meter.Name == StorageTelemetry.Name)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => heard.Enqueue((instrument.Name, value)));
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => heard.Enqueue((instrument.Name, value)));
        listener.Start();
        return listener;
    }
}
