using Latchkey.Model.Tests.Server;

namespace Latchkey.Model.Tests.Play;

/// <summary>Takes steps away from a failing sequence, many at a time and then one, as long as it still fails.</summary>
internal static class Shrinking
{
    public static async Task<(IReadOnlyList<Step> Steps, string Failure)> ShrinkAsync(LiveServer server, IReadOnlyList<Step> steps, string failure)
    {
        for (var chunk = Math.Max(1, steps.Count / 2); chunk >= 1; chunk /= 2)
        {
            for (var at = 0; at < steps.Count;)
            {
                IReadOnlyList<Step> fewer = [.. steps.Take(at), .. steps.Skip(at + chunk)];
                if (await Sequence.PlayAsync(server, fewer) is { } still)
                {
                    (steps, failure) = (fewer, still);
                }
                else
                {
                    at += chunk;
                }
            }
        }

        return (steps, failure);
    }
}
