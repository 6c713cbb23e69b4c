using System.Globalization;
using System.Text;

namespace Latchkey.LoginServer.Account;

/// <summary>
/// The name a person gives to a token or an app. Other people read an app's on the consent page, so it holds nothing that
/// hides or reorders what they read.
/// </summary>
internal static class Label
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

    /// <summary>False for one that is blank, or holds what hides or reorders what people read.</summary>
    public static bool IsReadable(string label) => !string.IsNullOrWhiteSpace(label) && !label.EnumerateRunes().Any(IsHidden);

    // Half a surrogate pair is read as the replacement character.
    private static bool IsHidden(Rune rune) => rune == Rune.ReplacementChar || Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;
}
