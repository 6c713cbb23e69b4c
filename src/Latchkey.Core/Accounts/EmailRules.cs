namespace Latchkey.Core.Accounts;

/// <summary>
/// Which e-mail addresses are taken: those that can be written into a header without quoting. Nothing else is ever sent mail, so
/// that no address can add a line or a second recipient, and no two look alike.
/// </summary>
/// <remarks>RFC 5321 §4.1.2 without quoted strings and address literals, §4.5.3.1.</remarks>
public static class EmailRules
{
    public const int Longest = 254;

    private const int LongestLocal = 64;
    private const string LocalMarks = "!#$%&'*+/=?^_`{|}~-";

    public static bool IsAddress(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length <= Longest
            && text.Split('@') is [var local, var domain]
            && local.Length <= LongestLocal
            && local.Split('.').All(IsAtom)
            && domain.Split('.').All(IsLabel);
    }

    private static bool IsAtom(string part) =>
        part.Length > 0 && part.All(c => char.IsAsciiLetterOrDigit(c) || LocalMarks.Contains(c, StringComparison.Ordinal));

    private static bool IsLabel(string part) =>
        part.Length is > 0 and <= 63 && part[0] != '-' && part[^1] != '-' && part.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
