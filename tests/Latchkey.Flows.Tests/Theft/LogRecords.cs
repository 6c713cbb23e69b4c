using System.Collections;
using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Latchkey.Flows.Tests.Theft;

/// <summary>Every log record of a host with all that a log's reader may see: message, values, scopes, exception.</summary>
internal sealed class LogRecords : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentQueue<LogRecord> _records = new();
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    public IReadOnlyCollection<LogRecord> All => _records;

    public ILogger CreateLogger(string categoryName) => new Recorder(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
    }

    private static void Write(StringBuilder text, object? state)
    {
        text.Append(' ').Append(state);
        if (state is IEnumerable<KeyValuePair<string, object?>> values)
        {
            foreach (var (name, value) in values)
            {
                text.Append(' ').Append(name).Append('=').Append(value is IEnumerable and not string ? string.Join(',', ((IEnumerable)value).Cast<object?>()) : value);
            }
        }
    }

    private sealed class Recorder(LogRecords log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => log._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var text = new StringBuilder(formatter(state, exception));
            Write(text, state);
            log._scopes.ForEachScope((scope, all) => Write(all, scope), text);
            log._records.Enqueue(new LogRecord(category, logLevel, eventId.Name, text.Append(' ').Append(exception).ToString()));
        }
    }
}

internal sealed record LogRecord(string Category, LogLevel Level, string? Event, string Text);
