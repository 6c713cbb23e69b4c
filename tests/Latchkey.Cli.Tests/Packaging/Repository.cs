namespace Latchkey.Cli.Tests.Packaging;

/// <summary>The checkout that these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string In(params string[] path) => Path.Combine([Root, .. path]);

    /// <summary>The one block of a guide that is marked with this language.</summary>
    public static string Block(string guide, string language)
    {
        var text = File.ReadAllText(In("docs", "guides", guide)).ReplaceLineEndings("\n");
        var fence = $"\n```{language}\n";
        var start = text.IndexOf(fence, StringComparison.Ordinal) + fence.Length;
        Assert.True(start >= fence.Length, $"{guide} has no block of {language}.");
        return text[start..(text.IndexOf("\n```", start, StringComparison.Ordinal) + 1)];
    }

    private static string Find()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Latchkey.slnx")))
        {
            directory = directory.Parent ?? throw new InvalidOperationException("These tests run inside the checkout.");
        }

        return directory.FullName;
    }
}
