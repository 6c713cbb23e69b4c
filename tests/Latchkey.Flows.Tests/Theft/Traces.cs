using System.Buffers.Text;
using System.Text;

namespace Latchkey.Flows.Tests.Theft;

/// <summary>The ways in which a text may have been written down, and the search for them.</summary>
internal static class Traces
{
    /// <summary>What of the secrets is in there, in words.</summary>
    public static IEnumerable<string> Find(IEnumerable<KnownSecret> secrets, string place, byte[] bytes) =>
        from secret in secrets
        from form in Of(secret.Text)
        where bytes.AsSpan().IndexOf(form.Bytes) >= 0
        select $"{secret.Name} as {form.How} in {place}";

    /// <summary>Fails with every trace, not just the first few.</summary>
    public static void AssertNone(IEnumerable<string> found)
    {
        var all = found.Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.True(all.Count == 0, string.Join('\n', all));
    }

    public static IEnumerable<(string How, byte[] Bytes)> Of(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        yield return ("text", utf8);
        yield return ("UTF-16", Encoding.Unicode.GetBytes(text));
        yield return ("UTF-16, big end first", Encoding.BigEndianUnicode.GetBytes(text));
        yield return ("text of a form", Encoding.ASCII.GetBytes(Uri.EscapeDataString(text)));
        foreach (var form in Encoded(utf8))
        {
            yield return form;
        }

        // A token is itself the hex or base64url of bytes, and those may have been kept as they are.
        if (Decode(text) is { Length: >= 16 } decoded)
        {
            yield return ("bytes", decoded);
            foreach (var (how, bytes) in Encoded(decoded))
            {
                yield return ($"{how} of its bytes", bytes);
            }
        }
    }

    private static IEnumerable<(string How, byte[] Bytes)> Encoded(byte[] bytes)
    {
        yield return ("hex", Encoding.ASCII.GetBytes(Convert.ToHexStringLower(bytes)));
        yield return ("HEX", Encoding.ASCII.GetBytes(Convert.ToHexString(bytes)));

        // Inside something longer, base64 has three ways to write the same bytes; the characters at both ends depend on the neighbours.
        for (var shift = 0; shift < 3; shift++)
        {
            var all = Convert.ToBase64String([.. new byte[shift], .. bytes]);
            var start = ((shift * 8) + 5) / 6;
            var inner = all[start..((shift + bytes.Length) * 8 / 6)];
            yield return ("base64", Encoding.ASCII.GetBytes(inner));
            yield return ("base64url", Encoding.ASCII.GetBytes(inner.Replace('+', '-').Replace('/', '_')));
        }
    }

    private static byte[]? Decode(string text)
    {
        var hex = text.StartsWith("lk", StringComparison.Ordinal) ? text[3..] : text;
        return hex.Length % 2 == 0 && hex.All(char.IsAsciiHexDigit) ? Convert.FromHexString(hex)
            : Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text)
            : null;
    }
}
