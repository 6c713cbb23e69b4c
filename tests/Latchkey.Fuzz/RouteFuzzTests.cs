using Latchkey.Fuzz.Framework;

namespace Latchkey.Fuzz;

/// <summary>
/// Requests of every kind to every route of both servers. <c>LATCHKEY_FUZZ_REQUESTS</c> sets how many, <c>LATCHKEY_FUZZ_SEED</c>
/// which; a failure says both and the place, and <c>LATCHKEY_FUZZ_FROM</c> starts there. With <c>./test.sh --long</c>
/// there are five times as many.
/// </summary>
public sealed class RouteFuzzTests(ITestOutputHelper output)
{
    // Requests end sessions and grants, so each stretch has a life of its own.
    private const int Stretch = 1000;
    private const int Together = 50;

    [Fact]
    [Spec("XI-15")]
    [Spec("LX-04")]
    [Spec("LO-10")]
    [Spec("LO-12")]
    public async Task No_request_breaks_a_server_or_makes_it_tell_its_inside()
    {
        var seed = Setting("LATCHKEY_FUZZ_SEED", 1);
        var count = Setting("LATCHKEY_FUZZ_REQUESTS", Environment.GetEnvironmentVariable("LATCHKEY_LONG") is null ? 20_000 : 100_000);
        var first = Setting("LATCHKEY_FUZZ_FROM", 0) / Stretch * Stretch;
        await using var world = await World.StartAsync();
        var routes = world.Routes;
        using var http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            RequestHeaderEncodingSelector = (_, _) => System.Text.Encoding.UTF8,
            ResponseHeaderEncodingSelector = (_, _) => System.Text.Encoding.UTF8,
        });
        var statuses = new Dictionary<string, int>();
        long warm = 0;
        for (var start = first; start < first + count; start += Stretch)
        {
            var life = await Life.LiveAsync(world);
            for (var at = start; at < Math.Min(start + Stretch, first + count); at += Together)
            {
                var sent = Enumerable.Range(at, Together).Select(i => (Index: i, Request: new RequestGenerator(world, life, Dice.For(seed, i)).Next(routes))).ToList();
                await Parallel.ForEachAsync(sent, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (s, _) =>
                {
                    var (status, problem) = await SendAsync(http, world, s.Request);
                    lock (statuses)
                    {
                        var key = $"{s.Request.Route.Text} {status}";
                        statuses[key] = statuses.GetValueOrDefault(key) + 1;
                    }

                    Assert.True(problem is null, $"{problem}\nLATCHKEY_FUZZ_SEED={seed} LATCHKEY_FUZZ_FROM={s.Index}\n{s.Request.Describe(life)}\n{life.Redact(string.Join('\n', world.Faults.Errors))}");
                });
                Assert.True(
                    world.Faults.Errors.Count == 0,
                    $"LATCHKEY_FUZZ_SEED={seed} LATCHKEY_FUZZ_FROM={at}, one of the {Together} from there:\n{life.Redact(string.Join('\n', world.Faults.Errors))}"
                    + $"\n\n{string.Join("\n---\n", sent.Select(s => s.Request.Describe(life)))}");
            }

            Assert.All(life.Secrets.Values.Where(v => v.Length >= 32), s => Assert.False(world.Faults.All.Any(l => l.Contains(s, StringComparison.Ordinal)), "a secret is in the log"));
            if (start - first == count / 4 / Stretch * Stretch)
            {
                warm = GC.GetTotalMemory(forceFullCollection: true);
            }
        }

        foreach (var (key, times) in statuses.OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"{times,6} {key}");
        }

        var grown = GC.GetTotalMemory(forceFullCollection: true) - warm;
        output.WriteLine($"seed {seed}, {count} requests, {routes.Count} routes, heap grown by {grown / 1024} KB after the first quarter");
        Assert.True(grown < (warm / 5) + (8 << 20), $"The heap grew from {warm} by {grown} bytes.");
    }

    private static async Task<(int Status, string? Problem)> SendAsync(HttpClient http, World world, FuzzRequest request)
    {
        try
        {
            using var message = request.ToMessage();
            using var answer = await http.SendAsync(message);
            return ((int)answer.StatusCode, await AnswerChecks.ProblemAsync(world, request, answer));
        }
        catch (HttpRequestException e)
        {
            return (0, e.ToString());
        }
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), out var value) ? value : otherwise;
}
