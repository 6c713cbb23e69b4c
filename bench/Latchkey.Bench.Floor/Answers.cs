using System.Text;

namespace Latchkey.Bench.Floor;

/// <summary>Answers of the size that Latchkey's have, fixed but for the row's id, so that each call can touch its own row.</summary>
internal static class Answers
{
    private const int PrefixLength = 3;
    private const int IdLength = 32;
    private static readonly string Rest = new('0', 68);

    private const string Before = "{\"access_token\":\"fla";
    private static readonly string Between = Rest + "\",\"token_type\":\"bearer\",\"expires_in\":7200,\"refresh_token\":\"flr";
    private static readonly string After =
        Rest + "\",\"scope\":\"linodes:read_write stackscripts:read_only\",\"scopes\":\"linodes:read_write stackscripts:read_only\"}";

    private static readonly byte[] Active = Encoding.ASCII.GetBytes(
        "{\"active\":true,\"scope\":\"linodes:read_write stackscripts:read_only\",\"client_id\":\"0123456789abcdef0123\","
        + "\"username\":\"bench\",\"token_type\":\"bearer\",\"sub\":\"01890000-0000-7000-8000-000000000000\","
        + "\"aud\":\"http://127.0.0.1:5080\",\"iss\":\"http://127.0.0.1:5080\",\"iat\":1700000000,\"exp\":1700007200}");

    private static readonly byte[] Inactive = "{\"active\":false}"u8.ToArray();

    public static string TokenOf(Guid id) => $"flc{id:N}{Rest}";

    public static Guid IdIn(string token) => Guid.ParseExact(token.AsSpan(PrefixLength, IdLength), "N");

    public static Task WriteTokensAsync(HttpResponse response, Guid id) =>
        WriteAsync(response, Encoding.ASCII.GetBytes($"{Before}{id:N}{Between}{id:N}{After}"));

    public static Task WriteIntrospectionAsync(HttpResponse response, int state) => WriteAsync(response, state == 2 ? Inactive : Active);

    private static Task WriteAsync(HttpResponse response, byte[] json)
    {
        response.ContentType = "application/json";
        response.ContentLength = json.Length;
        return response.Body.WriteAsync(json).AsTask();
    }
}
