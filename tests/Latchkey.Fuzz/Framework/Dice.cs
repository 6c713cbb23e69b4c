namespace Latchkey.Fuzz.Framework;

/// <summary>Choices that one number decides, so that a request can be made again from its seed and place.</summary>
internal sealed class Dice(int seed)
{
    private readonly Random _random = new(seed);

    public static Dice For(int seed, int index) => new(unchecked((seed * 1_000_003) + (index * 7919)));

    public int Below(int limit) => _random.Next(limit);

    public bool Chance(int percent) => _random.Next(100) < percent;

    public T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];
}
