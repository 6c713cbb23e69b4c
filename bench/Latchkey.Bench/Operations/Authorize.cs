using Latchkey.Bench.Load;

namespace Latchkey.Bench.Operations;

/// <summary>A browser with a live session comes back to an app that it has agreed to before: straight to the redirect.</summary>
/// <param name="site">Where.</param>
/// <param name="keep">Takes each code.</param>
internal sealed class Authorize(Site site, Action<byte[]>? keep = null) : Operation("authorize")
{
    private readonly RequestTemplate _request = new Requests(site).Authorize();

    public override int Write(int connection, Span<byte> request) => _request.Write(request, default);

    public override void Accept(int connection, Answer answer)
    {
        var code = Answers.Code(answer);
        keep?.Invoke(code);
    }
}
