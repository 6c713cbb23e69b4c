namespace Latchkey.Cli;

internal static class Signals
{
    /// <summary>Returns when Ctrl-C or SIGTERM asks the command to end.</summary>
    public static async Task WaitAsync(CancellationToken stopping)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = stopping.Register(stopped.SetResult);
        await stopped.Task;
    }
}
