using System.Runtime.CompilerServices;

namespace Latchkey.Tests;

/// <summary>Holds a guide to the code that is compiled and run here: what stands between the marks stands in the guide too.</summary>
internal static class GuideCode
{
    private const string From = "// guide: from here";
    private const string To = "// guide: to here";

    public static void AssertQuotedIn(string guide, [CallerFilePath] string test = "")
    {
        var page = File.ReadAllText(Path.Combine(Path.GetDirectoryName(test)!, "../../../docs/guides", guide));
        var pieces = Pieces(File.ReadAllLines(test)).ToList();
        Assert.NotEmpty(pieces);
        Assert.All(pieces, piece => Assert.Contains(piece, page, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Pieces(string[] lines)
    {
        for (var start = Array.FindIndex(lines, l => l.Trim() == From); start >= 0; start = Array.FindIndex(lines, start + 1, l => l.Trim() == From))
        {
            var indent = lines[start].Length - lines[start].TrimStart().Length;
            yield return string.Join('\n', lines.Skip(start + 1).TakeWhile(l => l.Trim() != To).Select(l => l.Length > indent ? l[indent..] : ""));
        }
    }
}
