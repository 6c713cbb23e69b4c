using System.CommandLine;
using System.Text.Json.Nodes;
using Latchkey.Cli.Output;
using Latchkey.Cli.Serve;
using Latchkey.Storage;
using Latchkey.Storage.Examination;

namespace Latchkey.Cli.Doctor;

/// <summary>
/// <c>latchkey doctor</c>: one line for each thing that a server needs around it, and what to do where it is not there. It is given
/// the words that <c>serve</c> is given, and changes nothing.
/// </summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var command = new Command("doctor", "Look at all that a server needs, running or not, and say what to do. Give it the options of serve.");
        foreach (var option in ServeSettings.Options)
        {
            command.Add(option);
        }

        return command.Runs(RunAsync);
    }

    private static async Task<int> RunAsync(ParseResult parsed, Printer printer, CancellationToken cancellationToken)
    {
        if (DataPlace.Read(parsed, out var problem) is not { } place)
        {
            return printer.Refuse(problem!);
        }

        var options = new StorageOptions();
        place.Configure(options);
        var findings = new Findings();
        await DataExamination.RunAsync(place.Configure, findings, cancellationToken: cancellationToken);
        if (options.Database is null)
        {
            FileExamination.Run(options, findings);
        }

        await ServeExamination.RunAsync(parsed, findings, cancellationToken);
        return Report(findings.All, printer);
    }

    private static int Report(IReadOnlyList<Finding> findings, Printer printer)
    {
        var wrong = findings.Count(f => f.Verdict == Verdict.Wrong);
        if (printer.IsJson)
        {
            printer.Json(new JsonObject { ["well"] = wrong == 0, ["findings"] = new JsonArray([.. findings.Select(Json)]) });
        }
        else
        {
            var width = findings.Max(f => f.Subject.Length);
            foreach (var finding in findings)
            {
                printer.Line($"{finding.Verdict.Word(),-8}  {finding.Subject.PadRight(width)}  {finding.Says}");
            }
        }

        return wrong == 0 ? 0 : printer.Refuse($"{wrong} of {findings.Count} findings are wrong; each says what to do.");
    }

    private static JsonObject Json(Finding finding) => new()
    {
        ["subject"] = finding.Subject,
        ["verdict"] = finding.Verdict.Word(),
        ["says"] = finding.Says,
    };
}
