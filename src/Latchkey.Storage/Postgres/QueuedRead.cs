using System.Diagnostics;
using Npgsql;

namespace Latchkey.Storage.Postgres;

/// <summary>A statement that reads one row by its key, and whoever waits for it.</summary>
internal abstract class QueuedRead(string sql, Action<NpgsqlParameterCollection> bind)
{
    /// <summary>When, as <see cref="Stopwatch"/> counts.</summary>
    public long Asked { get; } = Stopwatch.GetTimestamp();

    public void AddTo(NpgsqlBatch batch)
    {
        var command = new NpgsqlBatchCommand(sql);
        bind(command.Parameters);
        batch.BatchCommands.Add(command);
    }

    /// <summary>Answers from the result that the reader stands at.</summary>
    public abstract Task AnswerAsync(NpgsqlDataReader reader);

    public abstract void Fail(Exception why);
}

/// <inheritdoc/>
internal sealed class QueuedRead<TResult>(string sql, Action<NpgsqlParameterCollection> bind, Func<NpgsqlDataReader, TResult> read)
    : QueuedRead(sql, bind)
{
    private readonly TaskCompletionSource<TResult?> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What was made of the row; the default when there is none.</summary>
    public Task<TResult?> Answer => _answer.Task;

    public override async Task AnswerAsync(NpgsqlDataReader reader)
    {
        if (!await reader.ReadAsync())
        {
            _answer.TrySetResult(default);
            return;
        }

        try
        {
            _answer.TrySetResult(read(reader));
        }
#pragma warning disable CA1031 // A row that cannot be understood is nobody's trouble but this caller's.
        catch (Exception broken)
#pragma warning restore CA1031
        {
            Fail(broken);
        }
    }

    public override void Fail(Exception why) => _answer.TrySetException(why);
}
