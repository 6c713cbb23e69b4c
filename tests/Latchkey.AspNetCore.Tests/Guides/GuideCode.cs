using System.Runtime.CompilerServices;

namespace Latchkey.AspNetCore.Tests.Guides;

/// <summary>Holds a guide to the code that is compiled and run here: what stands between the marks stands in the guide too.</summary>
internal static class GuideCode
{
    public static void AssertQuotedIn(string guide, [CallerFilePath] string test = "")
    {
        var page = Path.Combine(Path.GetDirectoryName(test)!, "../../../docs/guides", guide);
        var quoted = File.ReadAllLines(test)
            .SkipWhile(l => l.Trim() != "// guide: from here").Skip(1)
            .TakeWhile(l => l.Trim() != "// guide: to here")
            .Select(l => l.Length > 8 ? l[8..] : "");
        Assert.Contains(string.Join('\n', quoted), File.ReadAllText(page), StringComparison.Ordinal);
    }
}
