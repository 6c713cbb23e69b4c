using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace Latchkey.Cli.Output;

/// <summary>What a command says: a document or text on standard output, a refusal on standard error.</summary>
internal sealed class Printer(ParseResult parsed)
{
    private const int Refused = 1;
    private const int WronglyWorded = 2;

    private readonly TextWriter _output = Console.Out;
    private readonly TextWriter _error = Console.Error;
    private readonly IAnsiConsole _console = AnsiConsole.Create(new AnsiConsoleSettings());

    /// <summary>True when a script reads along.</summary>
    public bool IsJson { get; } = parsed.GetValue(GlobalOptions.Json);

    public void Line(string text = "") => _output.WriteLine(Plain(text));

    public void Json(JsonNode document) => _output.WriteLine(document.ToJsonString());

    public void Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column)) { NoWrap = true });
        }

        var any = false;
        foreach (var row in rows)
        {
            table.AddRow(row.Select(cell => new Text(Plain(cell))));
            any = true;
        }

        if (!any)
        {
            Line("None.");
            return;
        }

        // Into a file or a pipe there is no edge to wrap at, and grep wants whole words.
        if (Console.IsOutputRedirected)
        {
            _console.Profile.Width = 1000;
        }

        _console.Write(table);
    }

    /// <summary>A line for whoever watches, on standard error: standard output may be read by a script.</summary>
    public void Note(string text) => _error.WriteLine(Plain(text));

    /// <summary>Names and values under each other.</summary>
    public void Facts(params IReadOnlyList<(string Name, string? Value)> facts)
    {
        var width = facts.Max(f => f.Name.Length);
        foreach (var (name, value) in facts)
        {
            Line($"{name.PadRight(width)}  {value ?? "-"}");
        }
    }

    /// <summary>One line on standard error; returns the exit code.</summary>
    public int Refuse(string problem, Exception? details = null)
    {
        _error.WriteLine("latchkey: " + Plain(problem));
        if (details is not null)
        {
            _error.WriteLine(details);
        }

        return Refused;
    }

    /// <summary>
    /// Prints what was made just now. Where that fails (a full disk, a closed pipe) it says what was made and what to do: to run the
    /// command again would make another, or fail because there is one. Returns the exit code.
    /// </summary>
    public int Made(Action print, string what, string next)
    {
        try
        {
            print();
            return 0;
        }
        catch (IOException unprinted)
        {
            return Refuse($"{what} and could not be printed: {Faults.Sentence(unprinted)} {next}");
        }
    }

    /// <summary>As <see cref="Refuse"/>, where the words of the command line alone are wrong, whatever the data says.</summary>
    public int Misused(string problem)
    {
        Refuse(problem);
        return WronglyWorded;
    }

    // What others typed (labels, names) must not move the cursor, break a line or reorder what is read in the operator's terminal.
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings(" ").EnumerateRunes())
        {
            plain.Append(rune.Value == '\t' ? " " : IsUnseen(rune) ? "?" : rune.ToString());
        }

        return plain.ToString();
    }

    private static bool IsUnseen(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format;
}
