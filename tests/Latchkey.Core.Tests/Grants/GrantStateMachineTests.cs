using CsCheck;
using Latchkey.Core.Grants;
using Latchkey.Core.Tokens;
using Latchkey.Protocol;

namespace Latchkey.Core.Tests.Grants;

/// <summary>Whatever is presented in whatever order, these hold after every step.</summary>
[Spec("TK-21")]
[Spec("TK-34")]
public sealed class GrantStateMachineTests
{
    private static readonly Gen<TokenLifetimes> Lifetimes = Gen.OneOf(0, 10, 60).Select(seconds => new TokenLifetimes
    {
        RetryWindow = TimeSpan.FromSeconds(seconds),
        Access = TimeSpan.FromMinutes(2),
        RefreshIdle = TimeSpan.FromMinutes(5),
        Grant = TimeSpan.FromMinutes(20),
    });

    private static readonly Gen<Action<GrantWorld>> Step = Gen.Frequency(
        (4, Gen.OneOf(1, 1, 2, 5).Select<int, Action<GrantWorld>>(n => w => w.Redeem(TestClients.Confidential, TestGrants.Verifier.Reveal(), n))),
        (12, Gen.Select(Gen.Int[0, 3], Gen.OneOf(1, 1, 1, 2, 5), Gen.OneOf(null, "linodes:read_only", "*"))
            .Select<(int Back, int AtOnce, string? Wanted), Action<GrantWorld>>(x => w => Refresh(w, x.Back, x.AtOnce, x.Wanted))),
        (1, Gen.Const<Action<GrantWorld>>(w => w.Revoke(TestClients.Confidential))),
        (2, Gen.OneOf(w => w.Revoke(TestClients.Other), Stranger(w => w.Redeem(TestClients.Other, TestGrants.Verifier.Reveal())), WrongVerifier, StrangersRefresh)),
        (8, Gen.OneOf(1, 3_000, 9_999, 10_000, 10_001, 45_000, 60_000, 200_000).Select<int, Action<GrantWorld>>(ms => w => w.Wait(ms))));

    [Fact]
    public void At_most_one_redemption_succeeds() => Hold((world, _) => world.Redemptions <= 1);

    [Fact]
    public void The_state_only_moves_forward_and_the_generation_never_back() => Hold((world, before) =>
        world.Grant.State >= before.State && world.Grant.Generation >= before.Generation
        && world.Grant.Generation - before.Generation <= 1);

    [Fact]
    public void A_revoked_grant_never_changes_again() =>
        Hold((world, before) => before.State != GrantState.Revoked || world.Grant == before);

    [Fact]
    [Spec("RV-02")]
    public void After_a_revocation_nothing_lives() => Hold((world, _) =>
        world.Grant.State != GrantState.Revoked
        || (!world.AccessTokens.Exists(world.IsAlive) && !world.RefreshTokens.Exists(t => world.Successor(t) is not null)));

    [Fact]
    [Spec("TK-37")]
    public void Outside_the_retry_window_one_refresh_token_lives_at_most() => Hold((world, _, lifetimes) =>
        world.Now < world.Grant.RotatedAt + lifetimes.RetryWindow || world.RefreshTokens.Count(t => world.Successor(t) is not null) <= 1);

    [Fact]
    [Spec("TK-37")]
    public void Inside_the_retry_window_the_older_of_two_leads_to_the_newer() => Hold((world, _) =>
    {
        var living = world.RefreshTokens.Where(t => world.Successor(t) is not null).ToList();
        return living.Count <= 1 || (living.Count == 2 && world.Successor(living[0]) == living[1]);
    });

    [Fact]
    public void There_is_one_refresh_token_per_generation() =>
        Hold((world, _) => world.RefreshTokens.Count == world.Grant.Generation);

    [Fact]
    [Spec("TK-40")]
    public void Nothing_lives_past_the_absolute_end() => Hold((world, _) =>
        world.Grant.ExpiresAt is not { } end || world.Now < end
        || (!world.AccessTokens.Exists(world.IsAlive) && !world.RefreshTokens.Exists(t => world.Successor(t) is not null)));

    [Fact]
    [Spec("TK-22")]
    public void What_a_stranger_presents_changes_nothing() => Hold((world, _) =>
    {
        var before = world.Grant;
        world.Revoke(TestClients.Other);
        WrongVerifier(world);
        StrangersRefresh(world);
        world.Redeem(TestClients.Other, TestGrants.Verifier.Reveal(), 3);
        return world.Grant == before;
    });

    [Fact]
    public void Within_the_window_no_race_of_refreshes_ends_the_grant() => Gen.Int[2, 50].Sample(n =>
    {
        var world = Redeemed(new TokenLifetimes());
        world.Refresh(world.RefreshTokens[0], TestClients.Confidential, null, n);
        return world.Grant is { State: GrantState.Active, Generation: 2 } && world.RefreshTokens.Count == 2 && world.AccessTokens.Count == n + 1;
    });

    [Fact]
    public void Without_a_window_a_race_of_refreshes_ends_the_grant() => Gen.Int[2, 50].Sample(n =>
    {
        var world = Redeemed(new TokenLifetimes { RetryWindow = TimeSpan.Zero });
        world.Refresh(world.RefreshTokens[0], TestClients.Confidential, null, n);
        return world.Grant is { State: GrantState.Revoked, RevokedWhy: RevocationReason.RefreshTokenReuse } && world.AccessTokens.Count == 2;
    });

    [Fact]
    public void A_race_of_redemptions_has_one_winner_and_ends_the_grant() => Gen.Int[2, 50].Sample(n =>
    {
        var world = new GrantWorld(new TokenLifetimes());
        world.Redeem(TestClients.Confidential, TestGrants.Verifier.Reveal(), n);
        return world.Redemptions == 1 && world.Grant is { State: GrantState.Revoked, RevokedWhy: RevocationReason.CodeReplay }
            && !world.AccessTokens.Exists(world.IsAlive);
    });

    private static GrantWorld Redeemed(TokenLifetimes lifetimes)
    {
        var world = new GrantWorld(lifetimes);
        world.Redeem(TestClients.Confidential, TestGrants.Verifier.Reveal());
        return world;
    }

    private static void Refresh(GrantWorld world, int back, int atOnce, string? wanted)
    {
        if (world.RefreshTokens.Count > back)
        {
            world.Refresh(world.RefreshTokens[^(back + 1)], TestClients.Confidential, wanted is null ? default(ScopeSet?) : ScopeSet.Parse(wanted), atOnce);
        }
    }

    private static void WrongVerifier(GrantWorld world) => world.Redeem(TestClients.Confidential, new string('a', 43));

    private static void StrangersRefresh(GrantWorld world)
    {
        foreach (var token in world.RefreshTokens)
        {
            world.Refresh(token, TestClients.Other, null);
        }
    }

    private static Action<GrantWorld> Stranger(Action<GrantWorld> step) => step;

    private static void Hold(Func<GrantWorld, Grant, bool> invariant) => Hold((world, before, _) => invariant(world, before));

    private static void Hold(Func<GrantWorld, Grant, TokenLifetimes, bool> invariant) =>
        Gen.Select(Lifetimes, Step.Array[1, 30]).Sample((lifetimes, steps) =>
        {
            var world = new GrantWorld(lifetimes);
            return Array.TrueForAll(steps, step =>
            {
                var before = world.Grant;
                step(world);
                return invariant(world, before, lifetimes);
            });
        }, iter: 1_000);
}
