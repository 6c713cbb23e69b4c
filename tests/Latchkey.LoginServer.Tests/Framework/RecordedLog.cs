using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Latchkey.LoginServer.Tests.Framework;

/// <summary>Everything that was logged, as lines of text.</summary>
internal sealed class RecordedLog : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = new();
    private event Action? Logged;

    public string Text => string.Join('\n', _lines);

    public ILogger CreateLogger(string categoryName) => new Recorder(categoryName, this);

    /// <summary>Waits until this was logged.</summary>
    public async Task ContainsAsync(string text)
    {
        var found = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Logged += Look;
        try
        {
            Look();
            await found.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        }
        finally
        {
            Logged -= Look;
        }

        void Look()
        {
            if (Text.Contains(text, StringComparison.Ordinal))
            {
                found.TrySetResult();
            }
        }
    }

    public void Dispose()
    {
    }

    private sealed class Recorder(string category, RecordedLog log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            log._lines.Enqueue($"{logLevel} {category} {formatter(state, exception)} {exception}");
            log.Logged?.Invoke();
        }
    }
}
