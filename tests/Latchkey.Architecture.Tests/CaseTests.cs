using System.Text.RegularExpressions;

namespace Latchkey.Architecture.Tests;

/// <summary><c>docs/cases.md</c> says for each case what happens, where, and which test holds it there.</summary>
public sealed partial class CaseTests
{
    private sealed record Row(IReadOnlyList<string> Ids, string Text);

    private static readonly List<Row> Table =
    [
        .. Repository.Read("docs/cases.md").Split('\n')
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Select(line => new Row([.. Id().Matches(line.Split('|')[1]).Select(m => m.Value)], line))
            .Where(row => row.Ids.Count > 0),
    ];

    [Fact]
    public void Every_case_has_a_test() => Offences.None(
        Table.SelectMany(row => row.Ids).Where(id => !Repository.SpecTags.Contains(id)).Select(id => $"{id}: no test has [Spec(\"{id}\")]"));

    [Fact]
    public void Every_case_that_a_test_names_is_in_the_table() => Offences.None(
        Repository.SpecTags.Where(tag => WholeId().IsMatch(tag.Key) && !Table.Exists(row => row.Ids.Contains(tag.Key)))
            .Select(tag => $"{tag.Key} ({string.Join(", ", tag.Distinct())})"));

    [Fact]
    public void No_case_is_listed_twice() =>
        Offences.None(Table.SelectMany(row => row.Ids).GroupBy(id => id).Where(g => g.Count() > 1).Select(g => g.Key));

    [Fact]
    public void A_row_names_files_that_exist_and_tests_that_carry_its_case() => Offences.None(Table.SelectMany(row =>
    {
        var cells = row.Text.Split('|', StringSplitOptions.TrimEntries);
        var (files, tests) = cells.Length == 7 ? (cells[3], cells[4]) : ("", cells[3]);
        var absent = Quoted(files).Where(name => !Repository.Files.Any(f => f.StartsWith("src/", StringComparison.Ordinal) && f.EndsWith("/" + name, StringComparison.Ordinal)));
        var carriers = row.Ids.SelectMany(id => Repository.SpecTags[id]).Select(f => f.Split('/')[^1][..^".cs".Length]).ToHashSet();
        return absent.Concat(Quoted(tests).Where(test => !carriers.Contains(test)))
            .Concat(Quoted(tests).Any() ? [] : ["no test"])
            .Select(what => $"{row.Ids[0]}: {what}");
    }));

    [Fact]
    public void The_table_is_not_empty() => Assert.NotEmpty(Table);

    private static IEnumerable<string> Quoted(string cell) => CodeSpan().Matches(cell).Select(m => m.Groups[1].Value);

    [GeneratedRegex(@"\b[A-Z]{1,2}-\d\d\b")]
    private static partial Regex Id();

    [GeneratedRegex(@"^[A-Z]{1,2}-\d\d$")]
    private static partial Regex WholeId();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex CodeSpan();
}
