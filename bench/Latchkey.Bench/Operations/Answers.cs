using System.Text;
using Latchkey.Bench.Load;

namespace Latchkey.Bench.Operations;

/// <summary>What one server's right answer to each request holds; taking what is needed from a wrong one throws.</summary>
internal sealed class Answers(Site site)
{
    private static readonly byte[] State = Encoding.ASCII.GetBytes(Requests.State);
    private static readonly byte[] Scope = Encoding.ASCII.GetBytes(Requests.Scope);

    public static byte[] Code(Answer answer)
    {
        answer.Expect(answer.Status is 302 or 303, "the status is not a redirect's");
        answer.Expect(answer.RedirectParameter("state").AsSpan().SequenceEqual(State), "the state is another one");
        return answer.RedirectParameter("code");
    }

    public (byte[] Access, byte[] Refresh) Tokens(Answer answer)
    {
        answer.Expect(answer.Status == 200, "the status is not 200");
        ExpectScope(answer, site.TokenAnswerTellsScope);
        return (answer.Text("\"access_token\""u8), answer.Text("\"refresh_token\""u8));
    }

    public void Active(Answer answer)
    {
        answer.Expect(answer.Status == 200, "the status is not 200");
        answer.Expect(answer.Member("\"active\""u8).StartsWith("true"u8), "the token is not active");
        ExpectScope(answer, site.IntrospectionTellsScope);
    }

    public static void Inactive(Answer answer)
    {
        answer.Expect(answer.Status == 200, "the status is not 200");
        answer.Expect(answer.Member("\"active\""u8).StartsWith("false"u8), "the token is still active");
    }

    public static void Revoked(Answer answer) => answer.Expect(answer.Status == 200, "the status is not 200");

    // A server may add a scope of its own (offline_access) after the ones that were asked for.
    private static void ExpectScope(Answer answer, bool told)
    {
        if (told)
        {
            answer.Expect(answer.Text("\"scope\""u8).AsSpan().StartsWith(Scope), "the scope is another one");
        }
    }
}
