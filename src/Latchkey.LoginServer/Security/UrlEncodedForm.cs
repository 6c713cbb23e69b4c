using System.Buffers;
using System.Text;

namespace Latchkey.LoginServer.Security;

/// <summary>
/// Reads an <c>application/x-www-form-urlencoded</c> body pair by pair, in order and to the letter. ASP.NET Core's own form
/// collection takes <c>State</c> and <c>state</c> for one name, and OAuth does not (RFC 6749 §1.9).
/// </summary>
internal static class UrlEncodedForm
{
    /// <summary>Gives each name and value to <paramref name="take"/>.</summary>
    public static async ValueTask ReadAsync(HttpRequest request, Action<string, string> take, CancellationToken cancellationToken)
    {
        var body = request.BodyReader;
        while (true)
        {
            var read = await body.ReadAsync(cancellationToken);
            if (read.IsCompleted)
            {
                Parse(read.Buffer.IsSingleSegment ? read.Buffer.FirstSpan : read.Buffer.ToArray(), take);
                body.AdvanceTo(read.Buffer.End);
                return;
            }

            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static void Parse(ReadOnlySpan<byte> body, Action<string, string> take)
    {
        foreach (var range in body.Split((byte)'&'))
        {
            var pair = body[range];
            var equals = pair.IndexOf((byte)'=');
            if (!pair.IsEmpty)
            {
                take(Decode(equals < 0 ? pair : pair[..equals]), equals < 0 ? "" : Decode(pair[(equals + 1)..]));
            }
        }
    }

    private static string Decode(ReadOnlySpan<byte> text)
    {
        var plain = Encoding.UTF8.GetString(text);
        return text.ContainsAny((byte)'%', (byte)'+') ? Uri.UnescapeDataString(plain.Replace('+', ' ')) : plain;
    }
}
