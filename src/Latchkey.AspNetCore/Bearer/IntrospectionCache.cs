using System.Security.Cryptography;
using System.Text;

namespace Latchkey.AspNetCore;

/// <summary>
/// What the login server said about each token, for one scheme and no longer than <paramref name="bound"/>; and one question
/// for all who ask about the same token meanwhile. Holds hashes of tokens, never a token.
/// </summary>
/// <remarks>RFC 7662 §4. Only a living token's answer is kept: anybody can make up dead ones, to push the others out.</remarks>
/// <param name="ask">Asks the login server: null for a token that is not alive, an exception when it cannot be known.</param>
/// <param name="bound">For how long a question answers others too.</param>
/// <param name="capacity">How many answers are kept at most. Past it the oldest goes, which had the least time left.</param>
/// <param name="clock">Both its times count: see <see cref="Question.Answers"/>.</param>
internal sealed class IntrospectionCache(
    Func<string, CancellationToken, Task<TokenInfo?>> ask, TimeSpan bound, int capacity, TimeProvider clock)
{
    private readonly Lock _gate = new();

    /// <summary>Those on their way, and those whose answer is kept.</summary>
    private readonly Dictionary<string, Question> _questions = new(StringComparer.Ordinal);

    /// <summary>Those whose answer is kept, oldest first. All have the same bound, so they end in this order.</summary>
    private readonly Queue<(string Key, Question Question)> _kept = new();

    /// <inheritdoc cref="IntrospectionClient.AskAsync"/>
    public Task<TokenInfo?> AskAsync(string token, CancellationToken cancellationToken)
    {
        var key = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        Question? question;
        var isNew = false;
        lock (_gate)
        {
            if (!_questions.TryGetValue(key, out question) || !question.Answers(bound))
            {
                _questions[key] = question = new Question(clock);
                isNew = true;
            }
        }

        if (isNew)
        {
            _ = SendAsync(key, question, token);
        }

        return question.Answer.WaitAsync(cancellationToken);
    }

    private async Task SendAsync(string key, Question question, string token)
    {
        try
        {
            // Not the first caller's cancellation: others wait for the same answer. The connection's own timeout ends it.
            var answer = await ask(token, CancellationToken.None);
            Settle(key, question, keep: answer is not null);
            question.Succeed(answer);
        }
        catch (Exception fault)
        {
            // Those who wait share the fault; it is forgotten first, so that whoever comes next asks again.
            Settle(key, question, keep: false);
            question.Fail(fault);
        }
    }

    private void Settle(string key, Question question, bool keep)
    {
        lock (_gate)
        {
            if (keep)
            {
                _kept.Enqueue((key, question));
            }
            else
            {
                Forget(key, question);
            }

            while (_kept.Count > capacity || (_kept.TryPeek(out var oldest) && !oldest.Question.Answers(bound)))
            {
                var (oldKey, old) = _kept.Dequeue();
                Forget(oldKey, old);
            }
        }
    }

    // Unless the token was asked about anew since.
    private void Forget(string key, Question question)
    {
        if (_questions.TryGetValue(key, out var now) && ReferenceEquals(now, question))
        {
            _questions.Remove(key);
        }
    }

    private sealed class Question(TimeProvider clock)
    {
        private readonly TaskCompletionSource<TokenInfo?> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        // When it is sent, not when it is answered: the login server may have looked at the token right away and answered
        // late, and a revocation since then is not in the answer.
        private readonly long _sent = clock.GetTimestamp();
        private readonly DateTimeOffset _sentAt = clock.GetUtcNow();

        public Task<TokenInfo?> Answer => _answer.Task;

        /// <summary>
        /// Whether it still answers who asks now. The steady clock stands still while a machine sleeps and the other can be
        /// set back, so the bound is over when it is by either.
        /// </summary>
        public bool Answers(TimeSpan bound)
        {
            var now = clock.GetUtcNow();
            return clock.GetElapsedTime(_sent) < bound
                && now >= _sentAt && now - _sentAt < bound
                && !(Answer.IsCompletedSuccessfully && Answer.Result?.ExpiresAt <= now);
        }

        public void Succeed(TokenInfo? answer) => _answer.SetResult(answer);

        public void Fail(Exception fault)
        {
            _answer.SetException(fault);

            // Everybody may have left meanwhile; then nobody else looks at it.
            _ = Answer.Exception;
        }
    }
}
