using Latchkey.Bench.Load;

namespace Latchkey.Bench.Operations;

/// <summary>Each connection keeps one grant alive: every refresh token it gets buys the next.</summary>
internal sealed class Refresh(Site site) : Operation("refresh")
{
    private readonly RequestTemplate _request = new Requests(site).Refresh();
    private readonly Answers _answers = new(site);
    private readonly List<byte[]> _tokens = [];

    public override void Prepare(LoadDriver driver, int calls)
    {
        if (_tokens.Count == 0)
        {
            Exchange.Make(driver, site, driver.Connections, (_, refresh) => _tokens.Add(refresh));
        }
    }

    public override int Write(int connection, Span<byte> request) => _request.Write(request, _tokens[connection]);

    public override void Accept(int connection, Answer answer) => _tokens[connection] = _answers.Tokens(answer).Refresh;
}
