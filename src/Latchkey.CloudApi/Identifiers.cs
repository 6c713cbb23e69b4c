using System.Globalization;

namespace Latchkey.CloudApi;

/// <summary>Numeric ids in paths: one spelling each, so that no second one slips past a comparison.</summary>
internal static class Identifiers
{
    public static bool TryRead(string text, out int id) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out id)
        && id > 0 && text[0] != '0' && text.All(char.IsAsciiDigit);
}
