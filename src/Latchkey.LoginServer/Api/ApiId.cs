namespace Latchkey.LoginServer.Api;

/// <summary>The numbers in paths: ASCII digits as they are written out, so that one thing has one address.</summary>
internal static class ApiId
{
    public static bool TryRead(string text, out int id)
    {
        var read = TryReadLarge(text, out var number) && number <= int.MaxValue;
        id = read ? (int)number : 0;
        return read;
    }

    /// <summary>For what the audit log numbers, which never stops.</summary>
    public static bool TryReadLarge(string text, out long id)
    {
        id = 0;
        return text.Length is > 0 and <= 19 && text[0] != '0' && text.All(char.IsAsciiDigit) && long.TryParse(text, out id);
    }
}
