using System.Text.RegularExpressions;

namespace Latchkey.Architecture.Tests;

/// <summary>The repository is the same wherever it lies.</summary>
public sealed partial class CheckoutTests
{
    private static readonly string[] Binary = [".png", ".ico", ".woff2", ".db", ".snk", ".pfx"];

    // What the simulated cloud's own scripts do on a Linode.
    private const string StackScripts = "src/Latchkey.CloudApi/Linodes/StackScripts/stackscripts.json";

    [Fact]
    public void No_file_names_a_folder_of_one_machine_or_a_package_host() => Offences.None(
        Repository.Files
            .Where(f => f != StackScripts && !Binary.Contains(Path.GetExtension(f)))
            .SelectMany(f => MachinePath().Matches(Repository.Read(f)).Select(m => $"{f}: {m.Value.Trim()}")));

    [Fact]
    public void A_folder_named_like_the_work_of_one_machine_would_be_seen()
    {
        Assert.Matches(MachinePath(), "cd /wo" + "rk/main");
        Assert.Matches(MachinePath(), "see .." + "/shared/design.md");
        Assert.Matches(MachinePath(), "/ro" + "ot/.nuget");
        Assert.Matches(MachinePath(), "https://api.nu" + "get.org/v3/index.json");
        Assert.DoesNotMatch(MachinePath(), "wwwroot/site.css and network/main");
    }

    [Fact]
    public void Every_project_is_in_the_solution() => Assert.All(
        Repository.Files.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal)),
        f => Assert.Contains($"\"{f}\"", Repository.Read("Latchkey.slnx"), StringComparison.Ordinal));

    [Fact]
    public void Every_package_version_stands_in_one_place() => Assert.DoesNotContain(
        Repository.Files.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal)),
        f => PackageWithVersion().IsMatch(Repository.Read(f)));

    // Written with a class of one letter so that this file does not name them either. "app" is the user of every .NET image.
    [GeneratedRegex(@"(?<![\w./-])/(?:wor[k]|hom[e](?!/app\b)|Use[r]s|roo[t])/|\.\./share[d]\b|[A-Z]:\\Users\\|\b(?:api\.)?nuge[t]\.org/v3|registry\.npmj[s]\.org|deb\.debia[n]\.org")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"<PackageReference[^>]*\bVersion=")]
    private static partial Regex PackageWithVersion();
}
