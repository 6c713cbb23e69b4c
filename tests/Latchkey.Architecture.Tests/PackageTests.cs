using System.Xml.Linq;

namespace Latchkey.Architecture.Tests;

/// <summary>What is packed can be installed.</summary>
public sealed class PackageTests
{
    [Fact]
    public void A_package_stands_on_packages_only()
    {
        var packed = Projects.In("src").Where(IsPacked).ToList();

        Assert.Contains("Latchkey.Testing", packed);
        Offences.None(packed.SelectMany(project => Projects.References(project, "ProjectReference")
            .Where(other => !packed.Contains(other))
            .Select(other => $"{project} is packed and stands on {other}, which is not: nobody could install it")));
    }

    [Fact]
    public void A_package_says_what_it_is() => Offences.None(
        Projects.In("src").Where(IsPacked).Where(p => Value(p, "Description") is null).Select(p => $"{p} has no description"));

    private static bool IsPacked(string project) => Value(project, "IsPackable") == "true";

    private static string? Value(string project, string property) =>
        XDocument.Parse(Repository.Read($"src/{project}/{project}.csproj")).Descendants(property).FirstOrDefault()?.Value;
}
