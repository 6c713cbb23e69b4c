using System.Text.RegularExpressions;

namespace Latchkey.Architecture.Tests;

/// <summary>A thing lives with the feature that owns it, in a file named for it.</summary>
public sealed partial class LayoutTests
{
    // Files that may be long, each with its reason.
    private static readonly Dictionary<string, string> LongFiles = new(StringComparer.Ordinal);

    [Fact]
    public void No_folder_is_named_for_a_kind_of_code()
    {
        string[] banned = ["Helpers", "Utils", "Utilities", "Common", "Services", "Models", "Managers", "Misc", "Shared"];

        Assert.DoesNotContain(
            Repository.Files.Where(f => f.StartsWith("src/", StringComparison.Ordinal) || f.StartsWith("samples/", StringComparison.Ordinal)),
            f => f.Split('/')[..^1].Intersect(banned, StringComparer.OrdinalIgnoreCase).Any());
    }

    [Fact]
    public void A_public_type_has_a_file_of_its_own_with_its_name() => Offences.None(
        Repository.SourceFiles.Where(IsWritten).SelectMany(file =>
        {
            var declared = PublicType().Matches(Repository.Read(file)).Select(m => m.Groups[1].Value).Distinct().ToList();
            return declared.Count > 1 ? [$"{file} declares {string.Join(", ", declared)}"]
                : declared.Where(name => name != Path.GetFileName(file).Split('.')[0]).Select(name => $"{file} declares {name}");
        }));

    [Fact]
    public void A_file_is_one_subject_long() => Offences.None(
        Repository.SourceFiles.Where(IsWritten).Where(f => !LongFiles.ContainsKey(f))
            .Select(f => (File: f, Lines: Repository.Read(f).Count(c => c == '\n')))
            .Where(f => f.Lines > 400)
            .Select(f => $"{f.File} has {f.Lines} lines: look for a second subject, or list it here with its reason"));

    [Fact]
    public void A_file_listed_as_long_is_still_long() =>
        Assert.All(LongFiles.Keys, f => Assert.True(Repository.Read(f).Count(c => c == '\n') > 400, f));

    [Fact]
    public void No_server_that_people_rely_on_can_be_told_to_go_wrong()
    {
        // Around a host they are put by demo and tests alone; the two hooks inside are where a denial is decided and an answer sent.
        string[] allowed =
        [
            "src/Latchkey.LoginServer/DeliberateFaults/",
            "src/Latchkey.LoginServer/Authorization/AuthorizeEndpoint.cs",
            "src/Latchkey.LoginServer/Authorization/ClientAnswer.cs",
            "src/Latchkey.Cli/Demo/",
            "src/Latchkey.Testing/",
        ];

        Offences.None(Repository.SourceFiles
            .Where(f => !allowed.Any(a => f.StartsWith(a, StringComparison.Ordinal)))
            .Where(f => Repository.Read(f) is var code
                && new[] { "DeliberateFault", "DenyEveryConsent", "WrongState>" }.Any(word => code.Contains(word, StringComparison.Ordinal))));
    }

    [Fact]
    public void Nothing_is_left_for_later() => Assert.DoesNotContain(
        Repository.SourceFiles, f => Unfinished().IsMatch(Repository.Read(f)));

    [Fact]
    public void A_test_project_mirrors_a_project() =>
        Assert.All(
            Projects.In("tests").Except(["Latchkey.Flows.Tests", "Latchkey.Compatibility.Tests", "Latchkey.Architecture.Tests", "Latchkey.Fuzz", "Latchkey.Model.Tests", "Latchkey.Faults.Tests"]),
            p => Assert.Contains(p[..^".Tests".Length], Projects.In("src").Concat(Projects.In("samples")).Concat(Projects.In("bench"))));

    private static bool IsWritten(string file) => !file.Contains("/Migrations/", StringComparison.Ordinal);

    // Namespaces are file-scoped and the format is checked, so a type at the top of its file starts in the first column.
    [GeneratedRegex(@"^public (?:(?:static|sealed|abstract|partial|readonly|ref|unsafe) )*(?:record struct|record class|class|record|struct|interface|enum|delegate \S+) (\w+)", RegexOptions.Multiline)]
    private static partial Regex PublicType();

    [GeneratedRegex(@"\b(?:TODO|FIXME|HACK|XXX|NotImplementedException)\b|^\s*#region", RegexOptions.Multiline)]
    private static partial Regex Unfinished();
}
