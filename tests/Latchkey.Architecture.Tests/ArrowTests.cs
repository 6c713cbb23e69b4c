using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Latchkey.Architecture.Tests;

/// <summary>Arrows point at the vocabulary; an API knows the login server only over HTTP.</summary>
public sealed class ArrowTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Latchkey.Protocol"] = [],
        ["Latchkey.Core"] = ["Latchkey.Protocol"],
        ["Latchkey.Storage"] = ["Latchkey.Core"],
        ["Latchkey.LoginServer"] = ["Latchkey.Storage"],
        ["Latchkey.Linode"] = ["Latchkey.Protocol"],
        ["Latchkey.AspNetCore"] = ["Latchkey.Linode"],
        ["Latchkey.CloudApi"] = ["Latchkey.AspNetCore"],
        ["Latchkey.Testing"] = ["Latchkey.LoginServer", "Latchkey.CloudApi"],
        ["Latchkey.Cli"] = ["Latchkey.LoginServer", "Latchkey.CloudApi", "InstallOnLinode"],
        ["InstallOnLinode"] = ["Latchkey.AspNetCore"],
    };

    public static TheoryData<string> Every => new(Projects.In("src").Concat(Projects.In("samples")));

    [Theory]
    [MemberData(nameof(Every))]
    public void A_project_references_only_what_its_arrow_points_at(string project)
    {
        Assert.True(Allowed.ContainsKey(project), $"{project} has no arrow here yet: add it, and to docs/architecture.md.");
        Offences.None(Projects.References(project, "ProjectReference").Except(Allowed[project]));
    }

    [Theory]
    [MemberData(nameof(Every))]
    public void What_a_project_uses_lies_along_its_arrows(string project)
    {
        // A reference of a reference compiles too; the assembly says what was really used.
        var reachable = new HashSet<string>(Allowed[project]);
        while (reachable.SelectMany(p => Allowed[p]).FirstOrDefault(p => !reachable.Contains(p)) is { } next)
        {
            reachable.Add(next);
        }

        var assembly = Assembly.Load(project == "Latchkey.Cli" ? "latchkey" : project);
        var used = assembly.GetReferencedAssemblies().Select(a => a.Name!).Where(n => Allowed.ContainsKey(n));

        Offences.None(used.Except(reachable));
    }

    [Theory]
    [InlineData("Latchkey.CloudApi")]
    [InlineData("Latchkey.AspNetCore")]
    [InlineData("Latchkey.Linode")]
    [InlineData("InstallOnLinode")]
    public void An_api_and_an_app_share_no_class_with_the_login_server(string project) =>
        Assert.DoesNotContain(
            Assembly.Load(project).GetReferencedAssemblies(),
            a => a.Name is "Latchkey.LoginServer" or "Latchkey.Storage" or "Latchkey.Core");

    [Theory]
    [InlineData("Latchkey.Protocol")]
    [InlineData("Latchkey.Core")]
    public void The_inner_projects_need_nothing_but_the_base_library(string project)
    {
        Offences.None(Projects.References(project, "PackageReference"));
        Offences.None(Projects.References(project, "FrameworkReference"));
        Assert.All(
            Assembly.Load(project).GetReferencedAssemblies(),
            a => Assert.True(a.Name!.StartsWith("System.", StringComparison.Ordinal) || a.Name == "Latchkey.Protocol", a.Name));
    }

    [Fact]
    public void The_rules_read_no_clock_file_network_or_random_bytes()
    {
        // Core takes facts and returns decisions: what it could fetch itself, no test could hold still.
        string[] effects =
        [
            "System.TimeProvider", "System.Random", "System.Console", "System.Threading.Thread",
            "System.Security.Cryptography.RandomNumberGenerator",
        ];

        // Unpacking bytes that it was given.
        string[] inMemory =
        [
            "System.IO.Compression.CompressionMode", "System.IO.Compression.ZLibStream",
            "System.IO.InvalidDataException", "System.IO.MemoryStream", "System.IO.Stream",
        ];
        using var file = new PEReader(File.OpenRead(typeof(Core.Grants.Grant).Assembly.Location));
        var metadata = file.GetMetadataReader();
        var used = metadata.TypeReferences.Select(metadata.GetTypeReference)
            .Select(t => $"{metadata.GetString(t.Namespace)}.{metadata.GetString(t.Name)}")
            .Where(name => effects.Contains(name)
                || (name.StartsWith("System.IO.", StringComparison.Ordinal) && !inMemory.Contains(name))
                || name.StartsWith("System.Net.", StringComparison.Ordinal)
                || name.StartsWith("System.Threading.Tasks.", StringComparison.Ordinal));

        Offences.None(used);
    }
}
