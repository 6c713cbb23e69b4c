using System.Globalization;
using System.Text;

namespace Latchkey.Core.Clients;

/// <summary>
/// The name a person gives to a token or an app. Other people read an app's on the consent page, so it holds nothing that
/// hides or reorders what they read.
/// </summary>
public static class LabelRules
{
    public const int MaxLength = 100;

    /// <summary>Null when it may be used, otherwise what to change.</summary>
    public static string? Problem(string label) =>
        label.Length == 0 ? "Give it a label, so that you know it again."
        : LengthOf(label) > MaxLength ? $"The label may have at most {MaxLength} characters."
        : !IsReadable(label) ? "The label may hold letters, digits, signs and spaces only."
        : null;

    /// <summary>In characters as people count them, so that a script beyond the first plane is not worth half.</summary>
    public static int LengthOf(string label) => label.EnumerateRunes().Count();

    // More than any script piles up, and less than what reaches the line above.
    private const int MostMarks = 3;

    /// <summary>False for one that is blank, or holds what hides, reorders or draws over what people read.</summary>
    public static bool IsReadable(string label)
    {
        var marks = 0;
        var isBlank = true;
        foreach (var rune in label.EnumerateRunes())
        {
            var isMark = Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;
            marks = isMark ? marks + 1 : 0;
            isBlank &= isMark || Rune.IsWhiteSpace(rune);
            if (marks > MostMarks || IsHidden(rune))
            {
                return false;
            }
        }

        return !isBlank;
    }

    // Half a surrogate pair is read as the replacement character. By their category the fillers are letters, the braille one a symbol and
    // the joiner a mark; none of them shows anything.
    private static bool IsHidden(Rune rune) => rune == Rune.ReplacementChar
        || rune.Value is 0x034F or 0x115F or 0x1160 or 0x2800 or 0x3164 or 0xFFA0
        || Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;
}
