using System.Net;
using Latchkey.Protocol;

namespace Latchkey.LoginServer.Tests.Tokens;

/// <summary>What a clock that is set wrong, or right again, does to codes and tokens; also over a restart.</summary>
public sealed class ClockJumpTests
{
    public static MatrixTheoryData<TimeSpan, bool> Jumps => new([TimeSpan.FromHours(1), TimeSpan.FromDays(1)], [false, true]);

    [Theory, Spec("F-14")]
    [MemberData(nameof(Jumps))]
    public async Task An_expired_code_that_was_presented_stays_dead_when_the_clock_is_set_back(TimeSpan jump, bool restart)
    {
        await using var server = await BackChannel.StartAsync();
        var code = await server.IssueCodeAsync();
        await JumpAsync(server, jump, restart);
        (await server.RedeemAsync(code)).ExpectError(HttpStatusCode.BadRequest, OAuthErrors.InvalidGrant.Code);

        await JumpAsync(server, -jump, restart);
        (await server.RedeemAsync(code)).ExpectError(HttpStatusCode.BadRequest, OAuthErrors.InvalidGrant.Code);
    }

    [Theory, Spec("F-14")]
    [MemberData(nameof(Jumps))]
    public async Task A_clock_that_is_set_back_does_not_hold_the_retry_window_open(TimeSpan jump, bool restart)
    {
        await using var server = await BackChannel.StartAsync();
        await JumpAsync(server, jump, restart);
        var first = await server.IssueTokensAsync();
        var second = (await server.RefreshAsync(first.Text("refresh_token"))).Expect(HttpStatusCode.OK);

        await JumpAsync(server, -jump, restart);
        (await server.RefreshAsync(first.Text("refresh_token"))).ExpectError(HttpStatusCode.BadRequest, OAuthErrors.InvalidGrant.Code);
        await server.AssertDeadAsync(second);
    }

    [Theory, Spec("F-14")]
    [MemberData(nameof(Jumps))]
    public async Task What_is_dead_stays_dead_and_what_lives_goes_on(TimeSpan jump, bool restart)
    {
        await using var server = await BackChannel.StartAsync();
        var revoked = await server.IssueTokensAsync();
        (await server.RevokeAsync(revoked.Text("access_token"))).Expect(HttpStatusCode.OK);
        var living = await server.IssueTokensAsync();
        foreach (var by in (TimeSpan[])[jump, -jump, -jump])
        {
            await JumpAsync(server, by, restart);
            await server.AssertDeadAsync(revoked);
            living = (await server.RefreshAsync(living.Text("refresh_token"))).Expect(HttpStatusCode.OK);
            Assert.True(await server.IsActiveAsync(living.Text("access_token")));
            await server.IssueTokensAsync();
        }
    }

    [Fact, Spec("F-15"), Spec("TK-30")]
    public async Task A_refresh_token_used_before_a_restart_is_still_known_as_used_after_it()
    {
        await using var server = await BackChannel.StartAsync();
        var first = await server.IssueTokensAsync();
        var second = (await server.RefreshAsync(first.Text("refresh_token"))).Expect(HttpStatusCode.OK);
        await server.RestartAsync();

        // Inside the window the lost answer is given again, to the byte; after it, it is a theft.
        var again = (await server.RefreshAsync(first.Text("refresh_token"))).Expect(HttpStatusCode.OK);
        Assert.Equal(second.Text("refresh_token"), again.Text("refresh_token"));
        server.Clock.Advance(TimeSpan.FromSeconds(10));
        await server.RestartAsync();
        (await server.RefreshAsync(first.Text("refresh_token"))).ExpectError(HttpStatusCode.BadRequest, OAuthErrors.InvalidGrant.Code);
        await server.AssertDeadAsync(second);
    }

    private static async Task JumpAsync(BackChannel server, TimeSpan by, bool restart)
    {
        server.Clock.AdjustTime(server.Clock.GetUtcNow() + by);
        if (restart)
        {
            await server.RestartAsync();
        }
    }
}
