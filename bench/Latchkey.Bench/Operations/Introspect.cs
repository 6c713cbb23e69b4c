using Latchkey.Bench.Load;

namespace Latchkey.Bench.Operations;

/// <summary>An API asks about one of a thousand living tokens, or about those that the site has ready all over its store.</summary>
internal sealed class Introspect(Site site) : Operation("introspect")
{
    private const int Grants = 1000;
    private readonly RequestTemplate _request = new Requests(site).Introspect();
    private readonly Answers _answers = new(site);
    private readonly List<byte[]> _tokens = [.. site.LivingTokens];
    private int _next;

    public override void Prepare(LoadDriver driver, int calls)
    {
        if (_tokens.Count == 0)
        {
            Exchange.Make(driver, site, Grants, (access, _) => _tokens.Add(access));
        }
    }

    public override int Write(int connection, Span<byte> request) => _request.Write(request, _tokens[_next++ % _tokens.Count]);

    public override void Accept(int connection, Answer answer) => _answers.Active(answer);
}
