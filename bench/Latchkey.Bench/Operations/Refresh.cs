using Latchkey.Bench.Load;

namespace Latchkey.Bench.Operations;

/// <summary>Each connection keeps its grants alive in turns: every refresh token it gets buys that grant's next.</summary>
/// <param name="site">Where.</param>
/// <param name="grants">How many at least; one for each connection when there are more connections.</param>
internal sealed class Refresh(Site site, int grants = 1) : Operation("refresh")
{
    private readonly RequestTemplate _request = new Requests(site).Refresh();
    private readonly Answers _answers = new(site);
    private readonly List<Queue<byte[]>> _tokens = [];

    public override void Prepare(LoadDriver driver, int calls)
    {
        if (_tokens.Count == 0)
        {
            _tokens.AddRange(Enumerable.Range(0, driver.Connections).Select(_ => new Queue<byte[]>()));
            var next = 0;
            Exchange.Make(driver, site, Math.Max(grants, driver.Connections), (_, refresh) => _tokens[next++ % driver.Connections].Enqueue(refresh));
        }
    }

    public override int Write(int connection, Span<byte> request) => _request.Write(request, _tokens[connection].Dequeue());

    public override void Accept(int connection, Answer answer) => _tokens[connection].Enqueue(_answers.Tokens(answer).Refresh);
}
