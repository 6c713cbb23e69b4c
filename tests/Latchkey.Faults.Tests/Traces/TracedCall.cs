using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Latchkey.Faults.Tests.Traces;

/// <summary>One system call out of a trace.</summary>
internal sealed partial record TracedCall(string Name, string Arguments)
{
    /// <summary>What it returned; null until it did.</summary>
    public long? Result { get; private set; }

    /// <summary>The file it was about.</summary>
    public string Path => Described().Match(Arguments) is { Success: true } match ? Encoding.UTF8.GetString(Bytes(match.Groups[1].Value)) : "";

    /// <summary>The first text handed over.</summary>
    public byte[] Text => Quoted().Match(Arguments) is { Success: true } match ? Bytes(match.Groups[1].Value) : [];

    public bool IsSync => Name is "fsync" or "fdatasync";

    /// <summary>The number that stands at this place after the first argument, counted from the end.</summary>
    public long NumberFromEnd(int place) => long.Parse(Arguments.Split(", ")[^place], CultureInfo.InvariantCulture);

    /// <summary>
    /// The trace as what happened one after the other: each call once when it began and once when it returned. strace stops the
    /// process at both, so the order of lines is the order of events.
    /// </summary>
    public static IEnumerable<(bool Began, TracedCall Call)> Read(IEnumerable<string> lines)
    {
        var unfinished = new Dictionary<string, TracedCall>();
        foreach (var line in lines)
        {
            if (Resumed().Match(line) is { Success: true } resumed)
            {
                if (unfinished.Remove(resumed.Groups["thread"].Value, out var call))
                {
                    call.Result = ResultOf(resumed.Groups["result"].Value);
                    yield return (false, call);
                }
            }
            else if (Begun().Match(line) is { Success: true } begun)
            {
                var call = new TracedCall(begun.Groups["name"].Value, begun.Groups["arguments"].Value);
                yield return (true, call);
                unfinished[begun.Groups["thread"].Value] = call;
            }
            else if (Whole().Match(line) is { Success: true } whole)
            {
                var call = new TracedCall(whole.Groups["name"].Value, whole.Groups["arguments"].Value);
                yield return (true, call);
                call.Result = ResultOf(whole.Groups["result"].Value);
                yield return (false, call);
            }
        }
    }

    private static long? ResultOf(string text) => long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace("\\x", "", StringComparison.Ordinal));

    [GeneratedRegex(@"^(?<thread>\d+) +(?<name>\w+)\((?<arguments>.*?),? <(unfinished|detached) \.\.\.>$")]
    private static partial Regex Begun();

    [GeneratedRegex(@"^(?<thread>\d+) +<\.\.\. \w+ resumed>.*\) += (?<result>-?\d+|\?)")]
    private static partial Regex Resumed();

    [GeneratedRegex(@"^(?<thread>\d+) +(?<name>\w+)\((?<arguments>.*)\) += (?<result>-?\d+|\?)")]
    private static partial Regex Whole();

    [GeneratedRegex(@"^\d+<((?:\\x[0-9a-f]{2})*)>")]
    private static partial Regex Described();

    [GeneratedRegex("\"((?:\\\\x[0-9a-f]{2})*)\"")]
    private static partial Regex Quoted();
}
