namespace Latchkey.Model.Tests.Model;

/// <summary>
/// How far something reaches, in two families: 0 not at all, 1 read_only, 2 read_write. A second, smaller account of what a
/// scope is: the server's own would agree with itself.
/// </summary>
internal readonly record struct Reach(int Domains, int Linodes)
{
    public static readonly Reach Nothing = new(0, 0);
    public static readonly Reach All = new(2, 2);

    public static readonly IReadOnlyList<Reach> Choices =
        [new(0, 2), new(2, 2), new(0, 1), new(1, 2), new(1, 0), new(1, 1), new(2, 0), Nothing];

    public string Text => string.Join(' ', Words("domains", Domains).Concat(Words("linodes", Linodes)));

    public bool Covers(Reach other) => Domains >= other.Domains && Linodes >= other.Linodes;

    public Reach And(Reach other) => new(Math.Min(Domains, other.Domains), Math.Min(Linodes, other.Linodes));

    public Reach Or(Reach other) => new(Math.Max(Domains, other.Domains), Math.Max(Linodes, other.Linodes));

    /// <summary>What the other does not cover, each family whole.</summary>
    public Reach Without(Reach other) =>
        new(other.Domains >= Domains ? 0 : Domains, other.Linodes >= Linodes ? 0 : Linodes);

    /// <summary>Of the families that the other names, nothing; the rest as it is.</summary>
    public Reach NothingIn(Reach other) => new(other.Domains > 0 ? 0 : Domains, other.Linodes > 0 ? 0 : Linodes);

    public static Reach Parse(string text) => new(Level(text, "domains"), Level(text, "linodes"));

    public override string ToString() => $"\"{Text}\"";

    private static IEnumerable<string> Words(string family, int level) =>
        level switch { 0 => [], 1 => [$"{family}:read_only"], _ => [$"{family}:read_write"] };

    private static int Level(string text, string family) =>
        text.Split(' ').Contains($"{family}:read_write") ? 2 : text.Split(' ').Contains($"{family}:read_only") ? 1 : 0;
}
