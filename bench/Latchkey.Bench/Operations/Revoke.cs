using Latchkey.Bench.Load;

namespace Latchkey.Bench.Operations;

/// <summary>A client ends living grants, each by its access token.</summary>
internal sealed class Revoke(Site site) : Operation("revoke")
{
    private readonly RequestTemplate _request = new Requests(site).Revoke();
    private readonly Queue<byte[]> _tokens = [];

    public override void Prepare(LoadDriver driver, int calls)
    {
        _tokens.Clear();
        Exchange.Make(driver, site, calls, (access, _) => _tokens.Enqueue(access));
    }

    public override int Write(int connection, Span<byte> request) => _tokens.TryDequeue(out var token) ? _request.Write(request, token) : 0;

    public override void Accept(int connection, Answer answer) => Answers.Revoked(answer);
}
