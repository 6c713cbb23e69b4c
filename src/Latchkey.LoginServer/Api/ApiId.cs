namespace Latchkey.LoginServer.Api;

/// <summary>The numbers in paths: ASCII digits as they are written out, so that one thing has one address.</summary>
internal static class ApiId
{
    public static bool TryRead(string text, out int id)
    {
        id = 0;
        return text.Length is > 0 and <= 10 && text[0] != '0' && text.All(char.IsAsciiDigit) && int.TryParse(text, out id);
    }
}
