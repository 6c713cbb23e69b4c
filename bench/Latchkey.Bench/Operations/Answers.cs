using System.Text;
using Latchkey.Bench.Load;

namespace Latchkey.Bench.Operations;

/// <summary>What a right answer to each request holds; taking what is needed from a wrong one throws.</summary>
internal static class Answers
{
    private static readonly byte[] State = Encoding.ASCII.GetBytes($"state={Requests.State}");
    private static readonly byte[] Scope = Encoding.ASCII.GetBytes($"\"scope\":\"{Requests.Scope}\"");

    public static byte[] Code(Answer answer)
    {
        answer.Expect(303, State);
        return answer.Between("code="u8, (byte)'&');
    }

    public static (byte[] Access, byte[] Refresh) Tokens(Answer answer)
    {
        answer.Expect(200, Scope);
        return (answer.Between("\"access_token\":\""u8, (byte)'"'), answer.Between("\"refresh_token\":\""u8, (byte)'"'));
    }

    public static void Active(Answer answer)
    {
        answer.Expect(200, "\"active\":true"u8);
        answer.Expect(200, Scope);
    }

    public static void Inactive(Answer answer) => answer.Expect(200, "{\"active\":false}"u8);

    public static void Revoked(Answer answer) => answer.Expect(200, "\r\n\r\n"u8);
}
