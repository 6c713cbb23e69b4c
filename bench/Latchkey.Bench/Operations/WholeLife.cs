using Latchkey.Bench.Load;

namespace Latchkey.Bench.Operations;

/// <summary>
/// What a grant lives through, over and over on each connection, to its introspection after the end, which must find it dead:
/// for memory over many calls, and as proof that the numbers are those of a server that works.
/// </summary>
internal sealed class WholeLife(Site site, int connections) : Operation("whole life")
{
    private readonly RequestTemplate _authorize = new Requests(site).Authorize();
    private readonly RequestTemplate _exchange = new Requests(site).Exchange();
    private readonly RequestTemplate _introspect = new Requests(site).Introspect();
    private readonly RequestTemplate _refresh = new Requests(site).Refresh();
    private readonly RequestTemplate _revoke = new Requests(site).Revoke();
    private readonly Answers _answers = new(site);
    private readonly Life[] _lives = [.. Enumerable.Range(0, connections).Select(_ => new Life())];

    private enum Stage
    {
        Authorize,
        Exchange,
        Introspect,
        Refresh,
        Revoke,
        IntrospectDead,
    }

    public override int Write(int connection, Span<byte> request)
    {
        var life = _lives[connection];
        return life.Next switch
        {
            Stage.Authorize => _authorize.Write(request, default),
            Stage.Exchange => _exchange.Write(request, life.Code),
            Stage.Introspect => _introspect.Write(request, life.Access),
            Stage.Refresh => _refresh.Write(request, life.Refresh),
            Stage.Revoke => _revoke.Write(request, life.Access),
            _ => _introspect.Write(request, life.Access),
        };
    }

    public override void Accept(int connection, Answer answer)
    {
        var life = _lives[connection];
        switch (life.Next)
        {
            case Stage.Authorize:
                life.Code = Answers.Code(answer);
                break;
            case Stage.Exchange or Stage.Refresh:
                (life.Access, life.Refresh) = _answers.Tokens(answer);
                break;
            case Stage.Introspect:
                _answers.Active(answer);
                break;
            case Stage.Revoke:
                Answers.Revoked(answer);
                break;
            default:
                Answers.Inactive(answer);
                break;
        }

        life.Next = life.Next == Stage.IntrospectDead ? Stage.Authorize : life.Next + 1;
    }

    private sealed class Life
    {
        public Stage Next { get; set; }

        public byte[] Code { get; set; } = [];

        public byte[] Access { get; set; } = [];

        public byte[] Refresh { get; set; } = [];
    }
}
