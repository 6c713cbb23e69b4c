using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace Latchkey.LoginServer.Tests.Framework;

/// <summary>A clock that stands still until it is told to go on, and says what waits for it.</summary>
internal sealed class AlarmClock(DateTimeOffset now) : FakeTimeProvider(now)
{
    private readonly ConcurrentDictionary<TimeSpan, TaskCompletionSource> _alarms = new();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        Alarm(dueTime).TrySetResult();
        return timer;
    }

    /// <summary>Waits until somebody has set an alarm that is so far away.</summary>
    public Task AlarmAsync(TimeSpan away) => Alarm(away).Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

    private TaskCompletionSource Alarm(TimeSpan away) =>
        _alarms.GetOrAdd(away, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
