using System.Xml.Linq;

namespace Latchkey.Architecture.Tests;

internal static class Projects
{
    /// <summary>The projects in one folder of the repository, by name.</summary>
    public static IEnumerable<string> In(string folder) => Repository.Files
        .Where(f => f.StartsWith(folder + "/", StringComparison.Ordinal) && f.EndsWith(".csproj", StringComparison.Ordinal))
        .Select(f => Path.GetFileNameWithoutExtension(f));

    /// <summary>What a project names in its file: other projects, or packages.</summary>
    public static IReadOnlyList<string> References(string project, string element)
    {
        var file = Repository.Files.Single(f => Path.GetFileName(f) == project + ".csproj");
        return
        [
            .. XDocument.Parse(Repository.Read(file)).Descendants(element)
                .Select(e => e.Attribute("Include")!.Value)
                .Select(name => element == "ProjectReference" ? Path.GetFileNameWithoutExtension(name) : name),
        ];
    }
}
