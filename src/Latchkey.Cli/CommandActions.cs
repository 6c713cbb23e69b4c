using System.CommandLine;
using Latchkey.Cli.Output;

namespace Latchkey.Cli;

internal static class CommandActions
{
    /// <summary>Sets what the command does. Whatever breaks in it ends as one line on standard error.</summary>
    public static Command Runs(this Command command, Func<ParseResult, Printer, CancellationToken, Task<int>> run)
    {
        command.SetAction(async (parsed, cancellationToken) =>
        {
            // The library can hand a signal to a command only once the command's task exists; a command that starts without
            // ever waiting would be ended by force instead.
            await Task.Yield();
            var printer = new Printer(parsed);
            try
            {
                return await run(parsed, printer, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return printer.Refuse("Stopped before it was done.");
            }
            catch (Exception broken)
            {
                return printer.Refuse(Faults.Describe(broken), parsed.GetValue(GlobalOptions.Verbose) ? broken : null);
            }
        });
        return command;
    }

    /// <summary>As <see cref="Runs"/>, on the data of a server, which may be running.</summary>
    public static Command RunsOnData(this Command command, Func<ParseResult, LatchkeyData, Printer, CancellationToken, Task<int>> run) =>
        command.Runs(async (parsed, printer, cancellationToken) =>
        {
            if (DataPlace.Read(parsed, out var problem) is not { } place)
            {
                return printer.Refuse(problem!);
            }

            await using var data = await LatchkeyData.OpenAsync(place, cancellationToken);
            return await run(parsed, data, printer, cancellationToken);
        });
}
