using System.Net;
using System.Text;
using System.Text.Json;

namespace Latchkey.AspNetCore.Tests;

/// <summary>A login server and API as seen from outside. A call that nobody set an answer for fails the test.</summary>
internal sealed class FakeLoginServer : HttpMessageHandler
{
    private readonly Lock _gate = new();
    private readonly List<SentRequest> _sent = [];
    private readonly SemaphoreSlim _arrivals = new(0);

    public static Uri Address { get; } = new("http://localhost:5080");

    public Dictionary<string, Func<SentRequest, HttpResponseMessage>> Paths { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, object> Tokens { get; } = new(StringComparer.Ordinal);

    public bool IsDown { get; set; }

    /// <summary>What each answer waits for.</summary>
    public Task MayAnswer { get; set; } = Task.CompletedTask;

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

    public static HttpResponseMessage Json(object body, int status = 200) => new((HttpStatusCode)status)
    {
        Content = new StringContent(body as string ?? JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"),
    };

    /// <summary>Waits for one more request to arrive.</summary>
    public async Task ArrivalAsync() => Assert.True(await _arrivals.WaitAsync(TimeSpan.FromMinutes(1)), "Nobody asked.");

    /// <summary>Introspects what stands in <see cref="Tokens"/>, and nothing else.</summary>
    public FakeLoginServer Introspecting()
    {
        Paths["/oauth/introspect"] = request => Json(
            Tokens.TryGetValue(request.Form["token"], out var known) ? known : new { active = false });
        return this;
    }

    /// <summary>Trades any code for ann's token, and ends it.</summary>
    public FakeLoginServer LoggingIn()
    {
        Paths["/oauth/token"] = _ => Json(
            """{"access_token":"lka-canary","token_type":"bearer","expires_in":7200,"scope":"linodes:read_only","refresh_token":"lkr-canary"}""");
        Paths["/oauth/revoke"] = _ => new HttpResponseMessage(HttpStatusCode.OK);
        Paths["/v4/profile"] = _ => Json("""{"username":"ann","email":"ann@example.org","uid":42}""");
        return this;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var sent = new SentRequest(
            request.RequestUri!.AbsolutePath,
            request.Headers.Authorization?.ToString(),
            request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken));
        lock (_gate)
        {
            _sent.Add(sent);
        }

        _arrivals.Release();
        await MayAnswer.WaitAsync(cancellationToken);
        if (IsDown)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, "down");
        }

        var answer = Paths.TryGetValue(sent.Path, out var path)
            ? path(sent)
            : throw new InvalidOperationException($"Nobody expected {request.Method} {request.RequestUri}");
        answer.RequestMessage = request;
        return answer;
    }
}

internal sealed record SentRequest(string Path, string? Authorization, string Body)
{
    public Dictionary<string, string> Form => Body.Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(p => p.Split('='))
        .ToDictionary(p => p[0], p => Uri.UnescapeDataString(p[1].Replace('+', ' ')));
}
