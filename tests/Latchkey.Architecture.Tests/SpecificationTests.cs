using System.Text.RegularExpressions;

namespace Latchkey.Architecture.Tests;

/// <summary><c>docs/protocol.md</c> says which sections are followed, where, and which test holds them there.</summary>
public sealed partial class SpecificationTests
{
    private sealed record Row(string Section, string Files, string Tests)
    {
        /// <summary><c>RFC 6749 §4.1.2</c> is <c>RFC6749-4.1.2</c> on a test.</summary>
        public string Tag => Section.Replace("OpenID Connect Core", "OIDC", StringComparison.Ordinal)
            .Replace(" §", "-", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
    }

    private static readonly List<Row> Table =
    [
        .. Repository.Read("docs/protocol.md").Split("\n## Departures")[0].Split('\n')
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length == 6 && SectionName().IsMatch(cells[1]))
            .Select(cells => new Row(cells[1], cells[3], cells[4])),
    ];

    [Fact]
    public void Every_section_of_the_table_has_a_test() => Offences.None(
        Table.Where(row => !Repository.SpecTags.Contains(row.Tag)).Select(row => $"{row.Section}: no test has [Spec(\"{row.Tag}\")]"));

    [Fact]
    public void Every_section_that_a_test_names_is_in_the_table() => Offences.None(
        Repository.SpecTags.Where(tag => SpecificationTag().IsMatch(tag.Key) && !Table.Exists(row => row.Tag == tag.Key))
            .Select(tag => $"{tag.Key} ({string.Join(", ", tag.Distinct())})"));

    [Fact]
    public void No_section_is_listed_twice() =>
        Offences.None(Table.GroupBy(row => row.Section).Where(g => g.Count() > 1).Select(g => g.Key));

    [Fact]
    public void Every_file_and_test_in_the_table_exists()
    {
        var files = Table.SelectMany(row => Names(row.Files)).Distinct()
            .Where(name => !Repository.Files.Any(f => f.StartsWith("src/", StringComparison.Ordinal) && f.EndsWith("/" + name, StringComparison.Ordinal)));
        var tests = Table.SelectMany(row => Names(row.Tests)).Distinct()
            .Where(name => !Repository.Files.Any(f => f.StartsWith("tests/", StringComparison.Ordinal) && f.EndsWith($"/{name}.cs", StringComparison.Ordinal)));

        Assert.NotEmpty(Table);
        Offences.None(files.Concat(tests));
        Assert.All(Table, row => Assert.True(Names(row.Files).Any() && Names(row.Tests).Any(), row.Section));
    }

    private static IEnumerable<string> Names(string cell) => Quoted().Matches(cell).Select(m => m.Groups[1].Value);

    [GeneratedRegex(@"^(?:RFC \d+|OpenID Connect Core) §[\d.A-Z]+$")]
    private static partial Regex SectionName();

    [GeneratedRegex(@"^(?:RFC\d+|OIDC)-")]
    private static partial Regex SpecificationTag();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();
}
