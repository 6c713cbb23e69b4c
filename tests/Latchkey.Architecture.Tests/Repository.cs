using System.Text.RegularExpressions;

namespace Latchkey.Architecture.Tests;

/// <summary>The checkout that these tests were built from.</summary>
internal static partial class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Every file of ours, as a path below <see cref="Root"/> with forward slashes.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. Walk(new DirectoryInfo(Root)).Select(Relative).Order(StringComparer.Ordinal)];

    public static IEnumerable<string> SourceFiles => Files.Where(f => f.StartsWith("src/", StringComparison.Ordinal) && f.EndsWith(".cs", StringComparison.Ordinal));

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    /// <summary>The ids in <c>[Spec("…")]</c> on tests, wherever they stand.</summary>
    public static ILookup<string, string> SpecTags { get; } = Files
        .Where(f => f.StartsWith("tests/", StringComparison.Ordinal) && f.EndsWith(".cs", StringComparison.Ordinal))
        .SelectMany(f => SpecTag().Matches(Read(f)).Select(m => (Id: m.Groups[1].Value, File: f)))
        .ToLookup(t => t.Id, t => t.File, StringComparer.Ordinal);

    [GeneratedRegex("""(?:\[|, )Spec\("([^"]+)"\)""")]
    private static partial Regex SpecTag();

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Latchkey.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("Latchkey.slnx is in no folder above the test's own.");
    }

    private static IEnumerable<string> Walk(DirectoryInfo folder) => folder.EnumerateFileSystemInfos()
        .Where(entry => entry.Name is not ("artifacts" or ".git" or "node_modules" or "bin" or "obj" or ".vs" or ".idea"))
        .SelectMany(entry => entry is DirectoryInfo inner ? Walk(inner) : [entry.FullName]);

    private static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');
}
