using Latchkey.Model.Tests.Model;
using Latchkey.Model.Tests.Server;

namespace Latchkey.Model.Tests.Play;

/// <summary>One sequence of steps, done on the server and in the model, and the two compared after each.</summary>
internal sealed class Sequence
{
    private readonly LiveServer _server;
    private readonly World _world = new();
    private readonly Purse _purse = new();
    private readonly BrowserSteps _browsers;
    private readonly AppSteps _apps;
    private readonly List<string> _told = [];

    private Sequence(LiveServer server)
    {
        _server = server;
        _browsers = new BrowserSteps(server, _world, _purse);
        _apps = new AppSteps(server, _world, _purse, _browsers);
    }

    /// <summary>Null when server and model agreed all the way; otherwise what was done and where they parted.</summary>
    public static async Task<string?> PlayAsync(LiveServer server, IEnumerable<Step> steps)
    {
        var sequence = new Sequence(server);
        try
        {
            await server.RegisterAsync(sequence._world);
            foreach (var step in steps)
            {
                await sequence.DoAsync(step);
            }

            await sequence.PresentEverythingAgainAsync();
            return null;
        }
        catch (Mismatch parted)
        {
            return string.Join('\n', sequence._told.Select((line, i) => $"{i + 1,3}. {line}").Append($"     {parted.Message}"));
        }
    }

    private async Task DoAsync(Step step)
    {
        _told.Add(step.ToString());
        await ActAsync(step, told => _told[^1] = told);
        await CompareAsync();
    }

    private Task ActAsync(Step step, Action<string> tell) => step.Act switch
    {
        Act.Authorize or Act.LogIn or Act.LogOut or Act.Consent or Act.Withdraw or Act.Personal => _browsers.ActAsync(step, tell),
        Act.Redeem or Act.Refresh or Act.Revoke or Act.Ask => _apps.ActAsync(step, tell),
        Act.Wait => WaitAsync(step, tell),
        _ => OperatorSteps.ActAsync(_server, _world, step, tell),
    };

    private Task WaitAsync(Step step, Action<string> tell)
    {
        int[] seconds = [1, 5, 9, 10, 11, 30, 59, 60, 61, 300, 599, 600, 1799, 1800, 3000];
        var wait = step.How >= 20 && NextEnd() is { } end
            ? end - _world.Now - TimeSpan.FromSeconds(step.How % 2)
            : TimeSpan.FromSeconds(seconds[(step.Back + step.How) % seconds.Length]);
        tell($"wait {wait.TotalSeconds} s");
        _server.Clock.Advance(wait);
        _world.Now = _server.Clock.GetUtcNow();
        return Task.CompletedTask;
    }

    // The next moment at which something ends: off by one is where mistakes are.
    private DateTimeOffset? NextEnd() => _purse.All.Select(t => t.Token).SelectMany(t => (DateTimeOffset[])[t.Expires, t.Grant.RotatedAt + World.RetryWindow])
        .Where(end => end > _world.Now && end < _world.Now + World.GrantLife).Order().Select(end => (DateTimeOffset?)end).FirstOrDefault();

    /// <summary>The server, asked about every token ever seen, says what the model says.</summary>
    private async Task CompareAsync()
    {
        foreach (var grant in _world.Grants)
        {
            Mismatch.Unless(_purse.All.Count(t => t.Token.Grant == grant && _world.Rotates(t.Token)) <= 1, $"two living refresh tokens of {grant}");
        }

        await Task.WhenAll(_purse.All.Select(async token =>
        {
            var (status, json) = await _server.PostAsync("/oauth/introspect", _server.Api.Client.Id, _server.Api.Secret!.Reveal(), ("token", token.Text));
            var said = status != 200 ? $"status {status}"
                : !json.GetProperty("active").GetBoolean() ? $"dead, {json.EnumerateObject().Count()} member"
                : $"{json.GetProperty("scope")} for {json.GetProperty("sub")} by {(json.TryGetProperty("client_id", out var id) ? id.GetString() : null)}";
            var expected = _world.Introspect(token.Token) is { } reach ? $"{reach.Text} for {token.Token.Grant.Person.Id} by {token.Token.Grant.App?.Id}" : "dead, 1 member";
            Mismatch.Unless(expected == said, $"of {token.Token} the model says: {expected}; the server: {said}");
        }));
    }

    // Whatever was ever handed out is presented once more: what is dead must not come back.
    private async Task PresentEverythingAgainAsync()
    {
        var kinds = _purse.All.Select(t => t.Token.Kind).ToList();
        foreach (var kind in new[] { Kind.Refresh, Kind.Code })
        {
            var count = kinds.Count(k => k == kind);
            for (var back = count - 1; back >= 0; back--)
            {
                _told.Add("");
                await _apps.ActAsync(new Step(kind == Kind.Code ? Act.Redeem : Act.Refresh, 0, AppSteps.Own, _purse.All.Count(t => t.Token.Kind == kind) - count + back, 0), told => _told[^1] = $"again: {told}");
            }
        }

        await CompareAsync();
    }
}
