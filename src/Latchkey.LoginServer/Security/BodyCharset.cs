using System.Text;
using Microsoft.Net.Http.Headers;

namespace Latchkey.LoginServer.Security;

/// <summary>
/// Forms are UTF-8, which is all that browsers and clients send. The framework's form reader would follow whatever
/// <c>charset</c> says, breaks on UTF-7, and would read the same bytes in another way than the token endpoint does.
/// </summary>
internal static class BodyCharset
{
    public static bool IsUtf8(string? contentType) =>
        contentType is null
        || !contentType.Contains("charset", StringComparison.OrdinalIgnoreCase)
        || (MediaTypeHeaderValue.TryParse(contentType, out var type)
            && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals(Encoding.UTF8.WebName, StringComparison.OrdinalIgnoreCase)));
}
