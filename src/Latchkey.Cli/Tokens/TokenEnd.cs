using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Latchkey.Cli.Tokens;

/// <summary>When a token ends, as operators write it: so long from now, or on a day.</summary>
internal static class TokenEnd
{
    // A token says its end in seconds since 1970 that fill four bytes.
    private static readonly DateTimeOffset Latest = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly string[] Dates = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss'Z'"];

    public static bool TryRead(string text, DateTimeOffset now, [NotNullWhen(true)] out DateTimeOffset? end)
    {
        end = DurationOf(text) is { } duration && duration < Latest - now ? now + duration : DateOf(text);
        if (end > now && end < Latest)
        {
            return true;
        }

        end = null;
        return false;
    }

    // Six digits of the largest unit are still a TimeSpan.
    private static TimeSpan? DurationOf(string text) =>
        text.Length is < 2 or > 7 || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? null
            : text[^1] switch
            {
                's' => TimeSpan.FromSeconds(count),
                'm' => TimeSpan.FromMinutes(count),
                'h' => TimeSpan.FromHours(count),
                'd' => TimeSpan.FromDays(count),
                'w' => TimeSpan.FromDays(7 * count),
                _ => null,
            };

    private static DateTimeOffset? DateOf(string text) =>
        DateTimeOffset.TryParseExact(text, Dates, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;
}
