using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Latchkey.Faults.Tests.Sqlite;

/// <summary>
/// What one app asked of a server and what it was told. After a fault it decides: what was acknowledged holds, what was not may
/// have happened or not, and nothing happened twice.
/// </summary>
internal sealed class Ledger(App app)
{
    private readonly ConcurrentQueue<LedgerGrant> _grants = new();
    private int _acknowledged;

    public App App => app;

    /// <summary>How the server says "not now"; 500 where it has no memory left to find better words.</summary>
    public HttpStatusCode NotNow { get; init; } = HttpStatusCode.ServiceUnavailable;

    /// <summary>How many redemptions, refreshes and revocations were acknowledged.</summary>
    public int Acknowledged => Volatile.Read(ref _acknowledged);

    /// <summary>A code; null when the server gave none.</summary>
    public async Task<LedgerGrant?> AuthorizeAsync()
    {
        var authorization = await AskAsync(() => app.TryAuthorizeAsync(NotNow));
        if (authorization is not { } given)
        {
            return null;
        }

        var grant = new LedgerGrant(given);
        _grants.Enqueue(grant);
        return grant;
    }

    /// <summary>A grant whose code is redeemed; the server has to be well.</summary>
    public async Task<LedgerGrant> LogInAsync()
    {
        var grant = await AuthorizeAsync();
        Assert.NotNull(grant);
        Assert.True(await RedeemAsync(grant));
        return grant;
    }

    /// <summary>True when acknowledged, as in all three.</summary>
    public Task<bool> RedeemAsync(LedgerGrant grant) => TakeDownAsync(grant, LedgerAct.Redeem, () => app.RedeemAsync(grant.Authorization));

    public Task<bool> RefreshAsync(LedgerGrant grant) => TakeDownAsync(grant, LedgerAct.Refresh, () => app.RefreshAsync(grant.State().Refresh!));

    public Task<bool> RevokeAsync(LedgerGrant grant) => TakeDownAsync(
        grant, LedgerAct.Revoke, async () => (await app.TryRevokeAsync(grant.State().Access!), default));

    /// <summary>
    /// Asks the recovered server about every grant, and ends each on the way, so that a token which lives afterwards is one that
    /// nobody was ever told about.
    /// </summary>
    /// <param name="environment">Names the data to the command, as <c>LATCHKEY_DATA</c> does.</param>
    /// <param name="acknowledged">Only so many acknowledgements count: the fault came after them.</param>
    public async Task CheckAsync(Dictionary<string, string> environment, int acknowledged = int.MaxValue)
    {
        await Parallel.ForEachAsync(_grants, async (grant, _) => await CheckAsync(grant, grant.State(acknowledged)));
        var listed = await Command.RunAsync(environment, "grant", "list", "--client", app.Id, "--json");
        var left = listed.Json().EnumerateArray().Count(g => g.GetProperty("state").GetString() == "active");

        // Where a redemption got no answer it may have happened, and after a minute presenting the code ends nothing.
        Assert.InRange(left, 0, _grants.Count(g => g.State(acknowledged).Access is null));
    }

    public Task CheckAsync(string data, int acknowledged = int.MaxValue) =>
        CheckAsync(new Dictionary<string, string> { ["LATCHKEY_DATA"] = data }, acknowledged);

    private async Task CheckAsync(LedgerGrant grant, LedgerState state)
    {
        if (state is { Access: { } access, Refresh: { } refresh })
        {
            var lives = await app.IsActiveAsync(access);
            if (state.Revoked == Told.Acknowledged)
            {
                Assert.False(lives, "An acknowledged revocation is lost.");
            }
            else if (state.Revoked == Told.Nothing)
            {
                Assert.True(lives, "A token that was acknowledged is lost.");
            }

            await CheckRefreshAsync(refresh, lives, state.Refreshed);
            Assert.Equal(HttpStatusCode.OK, await app.TryRevokeAsync(access));
        }
        else
        {
            // Whether it was redeemed or not, once is the most.
            await app.RedeemAsync(grant.Authorization);
        }

        Assert.True(await IsRefusedAsync(app.RedeemAsync(grant.Authorization)), "A code is good a second time.");
    }

    private async Task CheckRefreshAsync(string refresh, bool lives, Told refreshed)
    {
        var first = await app.RefreshAsync(refresh);
        if (!lives)
        {
            Assert.True(first.Status == HttpStatusCode.BadRequest, "A dead grant is refreshed.");
            return;
        }

        if (first.Status != HttpStatusCode.OK)
        {
            Assert.True(refreshed == Told.NoAnswer, "The newest refresh token is lost.");
            return;
        }

        var again = await app.RefreshAsync(refresh);
        Assert.True(
            again.Status == HttpStatusCode.BadRequest || App.Tokens(again).Refresh == App.Tokens(first).Refresh,
            "A refresh token has two successors.");
    }

    private async Task<bool> TakeDownAsync(LedgerGrant grant, LedgerAct act, Func<Task<(HttpStatusCode Status, JsonElement Body)>> ask)
    {
        var answer = await AskAsync<(HttpStatusCode Status, JsonElement Body)>(async () => await ask());
        if (answer is not { Status: HttpStatusCode.OK } told)
        {
            // Neither done nor refused: a server in trouble says so, or says nothing.
            Assert.True(answer is null or { Status: HttpStatusCode.ServiceUnavailable } || answer?.Status == NotNow, $"{act}: {answer?.Status}");
            grant.Add(new LedgerEntry(act, null, null, null));
            return false;
        }

        var (access, refresh) = act == LedgerAct.Revoke ? (null, null) : ((string?, string?))App.Tokens(told);
        grant.Add(new LedgerEntry(act, Interlocked.Increment(ref _acknowledged), access, refresh));
        return true;
    }

    private static async Task<T?> AskAsync<T>(Func<Task<T?>> ask)
        where T : struct
    {
        try
        {
            return await ask();
        }
        catch (Exception broken) when (broken is HttpRequestException or SocketException or IOException or OperationCanceledException or JsonException)
        {
            return null;
        }
    }

    private static async Task<bool> IsRefusedAsync(Task<(HttpStatusCode Status, JsonElement Body)> answer) =>
        (await answer).Status == HttpStatusCode.BadRequest;
}
