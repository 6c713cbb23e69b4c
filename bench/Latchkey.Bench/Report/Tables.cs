using System.Text;

namespace Latchkey.Bench.Report;

/// <summary>The results as Markdown, which goes into the documentation as it is: nobody types a number.</summary>
internal static class Tables
{
    private const string Start = "<!-- measured -->\n";
    private const string End = "<!-- /measured -->";

    /// <summary>Into the marked place of a file that has one, else as the whole file; the chart, when there is one, comes first.</summary>
    public static async Task WriteAsync(Results results, string path, string? chart, CancellationToken cancellationToken)
    {
        var page = File.Exists(path) ? await File.ReadAllTextAsync(path, cancellationToken) : "";
        var picture = chart is null
            ? ""
            : $"![Server CPU per call as bars: the table below has the numbers]({Path.GetRelativePath(Path.GetDirectoryName(path)!, chart).Replace('\\', '/')})\n\n";
        await File.WriteAllTextAsync(path, Placed(page, picture + Of(results)), cancellationToken);
    }

    public static string Placed(string page, string tables)
    {
        var start = page.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        var end = page.IndexOf(End, StringComparison.Ordinal);
        return start >= Start.Length && end >= start ? page[..start] + tables + page[end..] : tables;
    }

    public static string Of(Results results)
    {
        var text = new StringBuilder();
        text.Append($"{results.Machine}.\n{results.Connections} connections, closed loop.\n\n");
        Calls(text, results.Measurements);
        Databases(text, results.Measurements);
        Processes(text, results.Processes);
        Stores(text, results.Stores);
        Sweeps(text, results.Sweeps);
        Verdicts(text, results.Verdicts);
        return text.ToString();
    }

    private static void Calls(StringBuilder text, IReadOnlyList<Measurement> all)
    {
        text.Append("| Call | Server | CPU per call | against the floor | calls/s | p50 | p99 |\n");
        text.Append("| --- | --- | ---: | ---: | ---: | ---: | ---: |\n");
        foreach (var m in all)
        {
            var floor = all.FirstOrDefault(f => f.Server == "floor" && f.Operation == m.Operation);
            var ratio = floor is null || floor == m ? "" : $"{m.CpuMicroseconds / floor.CpuMicroseconds:0.00} x";
            text.Append($"| {m.Operation} | {m.Server} | {m.CpuMicroseconds:#,0.0} µs | {ratio} | {m.CallsPerSecond:N0} | {m.P50Milliseconds:0.0} ms | {m.P99Milliseconds:0.0} ms |\n");
        }
    }

    private static void Databases(StringBuilder text, IReadOnlyList<Measurement> all)
    {
        if (all.Any(m => m.DatabaseCpuMicroseconds is not null))
        {
            text.Append("\nBeside a database server, the table above counts the nodes alone:\n\n");
            text.Append("| Call | Server | nodes | database server | together |\n| --- | --- | ---: | ---: | ---: |\n");
            foreach (var m in all.Where(m => m.DatabaseCpuMicroseconds is not null))
            {
                text.Append($"| {m.Operation} | {m.Server} | {m.CpuMicroseconds:#,0.0} µs | {m.DatabaseCpuMicroseconds:#,0.0} µs | {m.AllCpuMicroseconds:#,0.0} µs |\n");
            }
        }
    }

    private static void Stores(StringBuilder text, IReadOnlyList<StoreFacts> all)
    {
        foreach (var s in all)
        {
            text.Append($"\nStore of {s.Server} over {s.Refreshes:N0} refreshes of {s.Grants:N0} grants, after each tenth: {string.Join(", ", s.Megabytes.Select(m => $"{m:0.0}"))} MB");
            text.Append(s.RefreshesPerFlush is { } calls ? $"; {calls:0.0} refreshes shared one write to the disk.\n" : ".\n");
        }
    }

    private static void Sweeps(StringBuilder text, IReadOnlyList<SweepFacts> all)
    {
        if (all.Count == 0)
        {
            return;
        }

        text.Append("\n`grant sweep` while refreshes go on:\n\n");
        text.Append("| Store | forgotten | in | a refresh before, p99 / longest | meanwhile |\n| --- | ---: | ---: | ---: | ---: |\n");
        foreach (var s in all)
        {
            text.Append($"| {s.Server} | {s.Forgotten:N0} | {s.Seconds:0} s | {s.Before.P99:0.0} / {s.Before.Longest:0} ms | {s.Meanwhile.P99:0.0} / {s.Meanwhile.Longest:0} ms |\n");
        }
    }

    private static void Processes(StringBuilder text, IReadOnlyList<ProcessFacts> all)
    {
        text.Append("\n| Server | first answer | CPU until then | memory after the run | bytes per grant |\n");
        text.Append("| --- | ---: | ---: | ---: | ---: |\n");
        foreach (var p in all)
        {
            text.Append($"| {p.Server} | {p.FirstAnswerSeconds:0.00} s | {p.FirstAnswerCpuSeconds:0.00} s | {p.AfterRunMegabytes:0} MB | {p.BytesPerGrant:0} |\n");
        }

        foreach (var p in all.Where(p => p.MemoryCalls > 0))
        {
            text.Append($"\nMemory of {p.Server} over {p.MemoryCalls:N0} calls, after each tenth: {string.Join(", ", p.MemoryMegabytes.Select(m => $"{m:0}"))} MB.\n");
        }
    }

    private static void Verdicts(StringBuilder text, IReadOnlyList<Verdict> all)
    {
        if (all.Count > 0)
        {
            text.Append("\n| Promise | Measured | |\n| --- | --- | --- |\n");
            foreach (var verdict in all)
            {
                text.Append($"| {verdict.Promise} | {verdict.Measured} | {(verdict.Kept ? "kept" : "**missed**")} |\n");
            }
        }
    }
}
