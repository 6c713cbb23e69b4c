using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Latchkey.Model.Tests.Play;

/// <summary>Server and model said different things.</summary>
internal sealed class Mismatch(string message) : Exception(message)
{
    private static readonly ConcurrentDictionary<string, int> Counted = new(StringComparer.Ordinal);

    /// <summary>How often each answer was agreed on: what never happened was never tested.</summary>
    public static IReadOnlyDictionary<string, int> Agreed => Counted;

    public static void Unless(bool holds, string what)
    {
        if (!holds)
        {
            throw new Mismatch(what);
        }
    }

    public static void Between(string model, string server, [CallerMemberName] string step = "")
    {
        Unless(model == server, $"the model says: {model}; the server: {server}");
        Count($"{step.Replace("Async", "", StringComparison.Ordinal)}: {(model.StartsWith("question", StringComparison.Ordinal) ? "question" : model)}");
    }

    public static void Count(string what) => Counted.AddOrUpdate(what, 1, (_, n) => n + 1);
}
