using CsCheck;
using Latchkey.Core.Grants;
using Latchkey.Core.Tokens;

namespace Latchkey.Core.Tests.Grants;

[Spec("ST-06")]
public sealed class GrantRetentionTests
{
    private static readonly TimeSpan Keep = TimeSpan.FromDays(7);
    private static readonly DateTimeOffset Now = TestGrants.Now;

    /// <summary>Each with the moment, counted from its issue, from which on none of its tokens can be good.</summary>
    public static readonly TheoryData<string, Grant, TimeSpan> Ending = new()
    {
        { "a code revoked before anybody redeemed it", RevokedAt(TestGrants.Pending, 10), TimeSpan.FromSeconds(60) },
        { "a code revoked after it expired", RevokedAt(TestGrants.Pending, 3600), TimeSpan.FromHours(1) },
        { "a family that nobody refreshes", TestGrants.Active, TimeSpan.FromDays(30) },
        { "a family refreshed after a week", TestGrants.Active with { Generation = 2, RotatedAt = Now.AddDays(7) }, TimeSpan.FromDays(37) },
        { "a family that meets its absolute end first", TestGrants.Active with { RotatedAt = Now.AddDays(360) }, TimeSpan.FromDays(365) },
        { "tokens that cannot be refreshed", TestGrants.Active with { Refreshable = false }, TimeSpan.FromHours(2) },
        { "the implicit answer's token", TestGrants.Active with { Refreshable = false, CodeExpiresAt = null, ExpiresAt = Now.AddHours(1) }, TimeSpan.FromHours(1) },
        { "a revoked family, whose tokens would have been good", TestGrants.Revoked, TimeSpan.FromDays(30) },
        { "a family revoked after its tokens expired", RevokedAt(TestGrants.Active, 40 * 86400), TimeSpan.FromDays(40) },
        { "a personal token that expires", TestGrants.Personal with { ExpiresAt = Now.AddDays(90) }, TimeSpan.FromDays(90) },
        { "a revoked personal token that never expires", RevokedAt(TestGrants.Personal, 86400), TimeSpan.FromDays(1) },
        { "a revoked personal token that would expire later", RevokedAt(TestGrants.Personal with { ExpiresAt = Now.AddDays(90) }, 86400), TimeSpan.FromDays(1) },
    };

    public static readonly TheoryData<string, Grant> Endless = new()
    {
        { "a personal token without an end", TestGrants.Personal },
        { "no code and no end of it", TestGrants.Pending with { CodeExpiresAt = null } },
        { "active from no moment on", TestGrants.Active with { RotatedAt = null } },
        { "revoked at no moment", TestGrants.Revoked with { RevokedAt = null } },
    };

    private static readonly Gen<TokenLifetimes> Lifetimes = Gen.Select(Gen.Int[1, 10], Gen.Int[1, 100], Gen.Int[1, 300], Gen.OneOf(0, 10, 60)).Select(
        (access, idle, grant, retry) => new TokenLifetimes
        {
            Access = TimeSpan.FromHours(access),
            RefreshIdle = TimeSpan.FromHours(idle),
            Grant = TimeSpan.FromHours(grant),
            RetryWindow = TimeSpan.FromSeconds(retry),
        });

    private static readonly Gen<Action<GrantWorld>> Step = Gen.Frequency(
        (3, Gen.Const<Action<GrantWorld>>(w => w.Redeem(TestClients.Confidential, TestGrants.Verifier.Reveal()))),
        (8, Gen.Int[0, 2].Select<int, Action<GrantWorld>>(back => w => Refresh(w, back))),
        (1, Gen.Const<Action<GrantWorld>>(w => w.Revoke(TestClients.Confidential))),
        (8, Gen.OneOf(1, 59, 61, 3_600, 40_000, 86_400, 150_000).Select<int, Action<GrantWorld>>(s => w => w.Wait(TimeSpan.FromSeconds(s)))));

    [Theory]
    [MemberData(nameof(Ending))]
    public void An_ended_grant_is_kept_to_the_moment_and_then_forgotten_as_it_stands(string what, Grant grant, TimeSpan end)
    {
        Assert.NotEmpty(what);
        Assert.Null(Decide(grant, Now + end + Keep - TimeSpan.FromMilliseconds(1)));
        Assert.Equal(new GrantWrite.Forget(grant.Id, grant.State, grant.Generation), Decide(grant, Now + end + Keep));
    }

    [Theory]
    [MemberData(nameof(Endless))]
    public void A_grant_of_which_nobody_knows_an_end_stays(string what, Grant grant)
    {
        Assert.NotEmpty(what);
        Assert.Null(Decide(grant, Now.AddYears(1000)));
    }

    [Fact, Spec("AV-04")]
    public void A_code_that_nobody_redeemed_is_kept_for_a_day()
    {
        var end = TestGrants.Pending.CodeExpiresAt!.Value.AddDays(1);
        Assert.Null(Decide(TestGrants.Pending, end.AddMilliseconds(-1)));
        Assert.Equal(new GrantWrite.Forget(TestGrants.Pending.Id, GrantState.Pending, 0), Decide(TestGrants.Pending, end));
    }

    [Fact]
    public void A_life_that_was_longer_once_is_waited_for() => Assert.Null(GrantRetention.Decide(
        TestGrants.Active, TestGrants.Lifetimes with { RefreshIdle = TimeSpan.FromDays(60) }, Keep, Now.AddDays(66)));

    [Fact]
    public void While_a_token_is_good_by_itself_its_grant_stays_however_it_was_used() => AfterEachStep((world, lifetimes) =>
        Decide(world, lifetimes) is null || world.EverIssued.All(t => t.IsExpired(world.Now - GrantRetention.LeastKept)));

    [Fact, Spec("TK-32")]
    public void Nothing_is_answered_otherwise_when_a_grant_that_may_be_forgotten_is_gone() => AfterEachStep((world, lifetimes) =>
        Decide(world, lifetimes) is null || world.EverIssued.All(t => Answer(t, world.Grant, world, lifetimes) == Answer(t, null, world, lifetimes)));

    [Fact]
    public void Every_grant_of_a_client_may_be_forgotten_in_the_end() => Gen.Select(Lifetimes, Step.Array[1, 30]).Sample((lifetimes, steps) =>
    {
        var world = new GrantWorld(lifetimes);
        Array.ForEach(steps, step => step(world));
        var longest = lifetimes.Access > lifetimes.RefreshIdle ? lifetimes.Access : lifetimes.RefreshIdle;
        world.Wait(longest + lifetimes.Code + GrantRetention.LeastKept);
        return Decide(world, lifetimes) is not null;
    });

    private static void AfterEachStep(Func<GrantWorld, TokenLifetimes, bool> holds) => Gen.Select(Lifetimes, Step.Array[1, 30]).Sample(
        (lifetimes, steps) =>
        {
            var world = new GrantWorld(lifetimes);
            return Array.TrueForAll(steps, step =>
            {
                step(world);
                return holds(world, lifetimes);
            });
        },
        iter: 1_000);

    /// <summary>How the endpoints answer; what they write besides, nobody sees.</summary>
    private static string Answer(TokenContent token, Grant? grant, GrantWorld world, TokenLifetimes lifetimes)
    {
        var (client, now) = (TestClients.Confidential, world.Now);
        var code = CodeExchange.Decide(token, grant, client, null, TestGrants.Verifier.Reveal(), lifetimes, now).Match(_ => "tokens", _ => "replay", e => e.Error.Code, r => r.Error.Code);
        var refresh = Core.Grants.Refresh.Decide(token, grant, client, null, lifetimes, now).Match(_ => "tokens", _ => "tokens again", _ => "reuse", r => r.Error.Code);
        var revoke = Revocation.Decide(grant, client, now).Match(_ => "200", _ => "200", r => r.Error.Code);
        return $"{code} {refresh} {revoke} {Introspection.Decide(token, grant, TestClients.Api, now)}";
    }

    private static void Refresh(GrantWorld world, int back)
    {
        if (world.RefreshTokens.Count > back)
        {
            world.Refresh(world.RefreshTokens[^(back + 1)], TestClients.Confidential, null);
        }
    }

    private static GrantWrite.Forget? Decide(Grant grant, DateTimeOffset now) => GrantRetention.Decide(grant, TestGrants.Lifetimes, Keep, now);

    private static GrantWrite.Forget? Decide(GrantWorld world, TokenLifetimes lifetimes) =>
        GrantRetention.Decide(world.Grant, lifetimes, GrantRetention.LeastKept, world.Now);

    private static Grant RevokedAt(Grant grant, int seconds) => grant with
    {
        State = GrantState.Revoked,
        RevokedAt = Now.AddSeconds(seconds),
        RevokedWhy = RevocationReason.UserRequest,
    };
}
