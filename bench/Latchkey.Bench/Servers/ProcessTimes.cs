namespace Latchkey.Bench.Servers;

/// <summary>What the system says that processes used.</summary>
internal static class ProcessTimes
{
    private const double TicksPerSecond = 100;

    /// <summary>CPU of a process, of its children, and of those children that have ended.</summary>
    public static TimeSpan OfTree(int id)
    {
        var parent = Read(id) ?? throw new BenchException("PostgreSQL has ended.");
        var ticks = parent.Own + parent.Ended;
        foreach (var child in Directory.EnumerateDirectories("/proc").Select(d => int.TryParse(Path.GetFileName(d), out var number) ? Read(number) : null))
        {
            if (child is { } one && one.Parent == id)
            {
                ticks += one.Own + one.Ended;
            }
        }

        return TimeSpan.FromSeconds(ticks / TicksPerSecond);
    }

    // proc(5): the fields behind the name, which stands in brackets and may hold anything.
    private static (int Parent, long Own, long Ended)? Read(int id)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{id}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return (int.Parse(fields[1]), long.Parse(fields[11]) + long.Parse(fields[12]), long.Parse(fields[13]) + long.Parse(fields[14]));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
