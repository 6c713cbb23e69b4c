using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Latchkey.Fuzz.Framework;

/// <summary>What the servers logged at Warning and above; at Error, no request may get them to say anything.</summary>
internal sealed class Faults : ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> _lines = new();

    public IReadOnlyList<string> Errors => [.. _lines.Where(l => l.Level >= LogLevel.Error).Select(l => l.Text)];

    public IReadOnlyList<string> All => [.. _lines.Select(l => l.Text)];

    public ILogger CreateLogger(string categoryName) => new Recorder(categoryName, _lines);

    public void Dispose()
    {
    }

    private sealed class Recorder(string category, ConcurrentQueue<(LogLevel, string)> lines) : ILogger
    {
        private const int Most = 10_000;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel) && lines.Count < Most)
            {
                lines.Enqueue((logLevel, $"{logLevel} {category} {formatter(state, exception)} {exception}"));
            }
        }
    }
}
