namespace Latchkey.Architecture.Tests;

internal static class Offences
{
    /// <summary>Passes when nothing was found; otherwise lists all of it, whole, so that it can be put right in one go.</summary>
    public static void None(IEnumerable<string?> found)
    {
        var all = found.ToList();
        Assert.True(all.Count == 0, string.Join('\n', all));
    }
}
