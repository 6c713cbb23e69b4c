using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Latchkey.Linode.Tests;

/// <summary>A network on which only registered calls are answered; any other one fails the test.</summary>
internal sealed class FakeNetwork : HttpMessageHandler
{
    private readonly Lock _gate = new();
    private readonly Queue<Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>> _answers = new();
    private readonly List<SentRequest> _sent = [];

    public TimeProvider? Clock { get; init; }

    public IReadOnlyList<SentRequest> Sent
    {
        get
        {
            lock (_gate)
            {
                return [.. _sent];
            }
        }
    }

    public static HttpResponseMessage Json(string json, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };

    public FakeNetwork Answers(string json, HttpStatusCode status = HttpStatusCode.OK, params (string Name, string Value)[] headers) =>
        Does(_ =>
        {
            var answer = Json(json, status);
            foreach (var (name, value) in headers)
            {
                answer.Headers.TryAddWithoutValidation(name, value);
            }

            return Task.FromResult(answer);
        });

    public FakeNetwork Breaks(HttpRequestError error = HttpRequestError.ResponseEnded) =>
        Does(_ => throw new HttpRequestException(error, "broken"));

    /// <summary>As .NET says it when the connection is taken and reset at once.</summary>
    public FakeNetwork ResetsTheConnection() => Does(_ => throw new SocketException((int)SocketError.NotConnected));

    /// <param name="begun">Done when the request has come.</param>
    public FakeNetwork Hangs(TaskCompletionSource? begun = null) => Does(async (_, cancellationToken) =>
    {
        begun?.SetResult();
        await Task.Delay(Timeout.Infinite, cancellationToken);
        throw new InvalidOperationException("Nothing waits for ever.");
    });

    public FakeNetwork Does(Func<HttpRequestMessage, Task<HttpResponseMessage>> answer) => Does((request, _) => answer(request));

    private FakeNetwork Does(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer)
    {
        lock (_gate)
        {
            _answers.Enqueue(answer);
        }

        return this;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>? next;
        lock (_gate)
        {
            _sent.Add(new SentRequest(
                request.Method,
                request.RequestUri!,
                request.Headers.Authorization?.ToString(),
                request.Headers.TryGetValues("X-Filter", out var filter) ? filter.Single() : null,
                body,
                Clock?.GetUtcNow() ?? default));
            _answers.TryDequeue(out next);
        }

        var answer = next is null
            ? throw new InvalidOperationException($"Nobody expected {request.Method} {request.RequestUri}")
            : await next(request, cancellationToken);
        answer.RequestMessage = request;
        return answer;
    }
}

internal sealed record SentRequest(HttpMethod Method, Uri Uri, string? Authorization, string? Filter, string Body, DateTimeOffset At)
{
    public string Line() => $"{Method} {Uri.AbsolutePath}";

    public Dictionary<string, string> Form => Body.Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(p => p.Split('='))
        .ToDictionary(p => p[0], p => Uri.UnescapeDataString(p[1].Replace('+', ' ')));
}
