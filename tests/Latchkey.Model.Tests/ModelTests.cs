using Latchkey.Model.Tests.Play;
using Latchkey.Model.Tests.Server;

namespace Latchkey.Model.Tests;

/// <summary>
/// Two people, three apps and an operator do what they like in any order, over HTTP, and after every step the server agrees
/// with a model of one page. <c>LATCHKEY_MODEL_SEQUENCES</c> sets how many, <c>LATCHKEY_MODEL_SEED</c> where they start; a
/// failure tells its seed and the fewest steps that still show it. With <c>./test.sh --long</c> there are twenty times as many.
/// </summary>
public sealed class ModelTests(ITestOutputHelper output)
{
    // Without these the sequences would agree on nothing that matters.
    private static readonly string[] Worthwhile =
    [
        "Authorize: login", "Authorize: question", "Authorize: code", "Authorize: page 400", "Authorize: error invalid_scope",
        "Authorize: error login_required", "Authorize: error consent_required",
        "Consent: code", "Consent: error access_denied", "Consent: error invalid_scope", "Consent: page 400",
        "Redeem: tokens", "Redeem: invalid_client", "Redeem: invalid_grant", "Redeem: invalid_grant, and the grant ends",
        "Refresh: tokens", "Refresh: tokens, as before", "Refresh: invalid_client", "Refresh: invalid_scope", "Refresh: invalid_grant",
        "Refresh: invalid_grant, and the grant ends",
        "Ask: active True", "Revoke: ok", "Revoke: invalid_client", "Revoke: unauthorized_client",
    ];

    [Fact]
    [Spec("TK-18")]
    [Spec("TK-22")]
    [Spec("TK-28")]
    [Spec("TK-30")]
    [Spec("TK-36")]
    [Spec("TK-37")]
    [Spec("TK-40")]
    [Spec("TK-41")]
    [Spec("TK-42")]
    [Spec("RV-01")]
    [Spec("RV-02")]
    [Spec("RV-04")]
    [Spec("RV-09")]
    [Spec("IN-01")]
    [Spec("IN-03")]
    [Spec("LO-14")]
    [Spec("LO-16")]
    [Spec("AZ-46")]
    [Spec("AZ-49")]
    public async Task Whatever_is_done_in_whatever_order_the_server_and_the_model_agree()
    {
        var first = Setting("LATCHKEY_MODEL_SEED", 1);
        var count = Setting("LATCHKEY_MODEL_SEQUENCES", Environment.GetEnvironmentVariable("LATCHKEY_LONG") is null ? 500 : 10_000);
        var next = first - 1;
        var failures = new List<string>();
        var steps = 0;
        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            await using var server = await LiveServer.StartAsync();
            int seed;
            while (failures.Count == 0 && (seed = Interlocked.Increment(ref next)) < first + count)
            {
                var sequence = Step.Sequence(seed);
                Interlocked.Add(ref steps, sequence.Count);
                if (await Sequence.PlayAsync(server, sequence) is { } failure)
                {
                    var (fewest, shown) = await Shrinking.ShrinkAsync(server, sequence, failure);
                    lock (failures)
                    {
                        failures.Add($"LATCHKEY_MODEL_SEED={seed}, {fewest.Count} of {sequence.Count} steps suffice:\n{shown}");
                    }
                }
            }
        })));

        output.WriteLine($"seeds {first} to {first + count - 1}, {steps} steps");
        foreach (var (what, times) in Mismatch.Agreed.OrderBy(a => a.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"{times,7} {what}");
        }

        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
        Assert.All(count < 100 ? [] : Worthwhile, what => Assert.True(Mismatch.Agreed.ContainsKey(what), $"It never came to: {what}"));
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), out var value) ? value : otherwise;
}
