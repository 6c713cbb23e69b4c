using Latchkey.Bench.Load;

namespace Latchkey.Bench.Operations;

/// <summary>A code for tokens.</summary>
/// <param name="site">Where.</param>
/// <param name="keep">Takes access and refresh token.</param>
internal sealed class Exchange(Site site, Action<byte[], byte[]>? keep = null) : Operation("exchange")
{
    private readonly RequestTemplate _request = new Requests(site).Exchange();
    private readonly Answers _answers = new(site);
    private readonly Queue<byte[]> _codes = [];

    /// <summary>Codes are made just before they are used: they live for a minute.</summary>
    public override void Prepare(LoadDriver driver, int calls)
    {
        _codes.Clear();
        driver.Run(new Authorize(site, _codes.Enqueue), LoadLimit.Of(calls));
    }

    public override int Write(int connection, Span<byte> request) => _codes.TryDequeue(out var code) ? _request.Write(request, code) : 0;

    public override void Accept(int connection, Answer answer)
    {
        var (access, refresh) = _answers.Tokens(answer);
        keep?.Invoke(access, refresh);
    }

    /// <summary>Makes grants and hands over their tokens.</summary>
    public static void Make(LoadDriver driver, Site site, int grants, Action<byte[], byte[]> keep)
    {
        var exchange = new Exchange(site, keep);
        exchange.Prepare(driver, grants);
        driver.Run(exchange, LoadLimit.Of(grants));
    }
}
