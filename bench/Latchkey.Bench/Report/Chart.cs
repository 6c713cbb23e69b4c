using System.Text;

namespace Latchkey.Bench.Report;

/// <summary>
/// CPU per call as a bar chart in SVG, one group for each call, on a logarithmic scale: the servers lie up to a hundredfold
/// apart. Its colours follow the reader's light or dark mode.
/// </summary>
internal static class Chart
{
    private const int Width = 860;
    private const int Left = 230;
    private const int Right = 90;
    private const int Top = 56;
    private const int BarHeight = 15;
    private const int BarStep = 19;
    private const int GroupGap = 34;

    private const string Style = """
        <style>
          svg { background: #ffffff; color: #1f2328; font: 13px system-ui, sans-serif; }
          text { fill: currentColor; } .title { font-weight: 600; } .name { text-anchor: end; } .tick { text-anchor: middle; opacity: .7; }
          .grid { stroke: currentColor; opacity: .18; } .bar { fill: #8c959f; } .ours { fill: #0969da; } .floor { fill: #d0d7de; }
          @media (prefers-color-scheme: dark) {
            svg { background: #0d1117; color: #e6edf3; } .bar { fill: #6e7681; } .ours { fill: #4493f8; } .floor { fill: #3d444d; }
          }
        </style>

        """;

    public static string Of(IReadOnlyList<Measurement> measurements)
    {
        var low = PowerOfTen(measurements.Min(m => m.CpuMicroseconds), Math.Floor);
        var high = Math.Max(low * 10, PowerOfTen(measurements.Max(m => m.CpuMicroseconds), Math.Ceiling));
        var groups = measurements.GroupBy(m => m.Operation).ToList();
        var bottom = Top + (measurements.Count * BarStep) + (groups.Count * GroupGap);
        var svg = new StringBuilder();
        svg.Append($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {bottom + 34}\" role=\"img\" aria-label=\"Server CPU per call, in microseconds, logarithmic\">\n");
        svg.Append(Style);
        svg.Append("<text class=\"title\" x=\"16\" y=\"26\">Server CPU per call in microseconds (logarithmic; shorter is better)</text>\n");
        for (var tick = low; tick <= high * 1.001; tick *= 10)
        {
            svg.Append($"<line class=\"grid\" x1=\"{X(tick):0.0}\" x2=\"{X(tick):0.0}\" y1=\"{Top - 12}\" y2=\"{bottom}\"/>\n");
            svg.Append($"<text class=\"tick\" x=\"{X(tick):0.0}\" y=\"{bottom + 18}\">{tick:#,0.###}</text>\n");
        }

        var y = Top;
        foreach (var group in groups)
        {
            svg.Append($"<text class=\"title\" x=\"16\" y=\"{y + 10}\">{group.Key}</text>\n");
            y += GroupGap - 14;
            foreach (var m in group)
            {
                svg.Append($"<text class=\"name\" x=\"{Left - 8}\" y=\"{y + 12}\">{m.Server}</text>");
                svg.Append($"<rect class=\"{ClassOf(m.Server)}\" x=\"{Left}\" y=\"{y}\" width=\"{Math.Max(1, X(m.CpuMicroseconds) - Left):0.0}\" height=\"{BarHeight}\"/>");
                svg.Append($"<text x=\"{X(m.CpuMicroseconds) + 6:0.0}\" y=\"{y + 12}\">{m.CpuMicroseconds:#,0}</text>\n");
                y += BarStep;
            }

            y += 14;
        }

        return svg.Append("</svg>\n").ToString();

        double X(double microseconds) => Left + ((Width - Left - Right) * Math.Log10(microseconds / low) / Math.Log10(high / low));
    }

    private static double PowerOfTen(double value, Func<double, double> round) => Math.Pow(10, round(Math.Log10(value)));

    private static string ClassOf(string server) =>
        server == "floor" ? "floor" : server.StartsWith(Servers.LatchkeyServer.EmptyName, StringComparison.Ordinal) ? "ours" : "bar";
}
