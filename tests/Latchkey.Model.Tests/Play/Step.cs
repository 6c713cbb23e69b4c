namespace Latchkey.Model.Tests.Play;

internal enum Act
{
    Authorize,
    LogIn,
    LogOut,
    Consent,
    Redeem,
    Refresh,
    Revoke,
    Ask,
    Withdraw,
    Personal,
    DisablePerson,
    EnablePerson,
    DisableApp,
    EnableApp,
    ResetSecret,
    AllowScopes,
    Wait,
}

/// <summary>
/// One thing that happens. The numbers choose among what there is at that moment, so a step still means something when
/// those before it are taken away. <see cref="Back"/> counts from the newest.
/// </summary>
internal sealed record Step(Act Act, int Who, int App, int Back, int How)
{
    private static readonly (Act Act, int Weight)[] Weights =
    [
        (Act.Authorize, 16), (Act.Consent, 16), (Act.Redeem, 16), (Act.Refresh, 24), (Act.Wait, 12), (Act.Revoke, 4), (Act.LogIn, 4), (Act.Ask, 3),
        (Act.LogOut, 1), (Act.Withdraw, 3), (Act.Personal, 2), (Act.DisablePerson, 2), (Act.EnablePerson, 8), (Act.DisableApp, 2), (Act.EnableApp, 6),
        (Act.ResetSecret, 1), (Act.AllowScopes, 3),
    ];

    /// <summary>The sequence that a seed stands for.</summary>
    public static IReadOnlyList<Step> Sequence(int seed)
    {
        var dice = new Random(seed);
        List<Step> opening = [new(Act.LogIn, 0, 0, 0, 0), new(Act.LogIn, 1, 1, 0, 0)];
        return [.. opening, .. Enumerable.Range(0, 10 + dice.Next(40)).Select(_ => Roll(dice))];
    }

    private static Step Roll(Random dice)
    {
        var at = dice.Next(Weights.Sum(w => w.Weight));
        var act = Weights.First(w => (at -= w.Weight) < 0).Act;

        // What was just handed out is the most worth trying; what is done right leads on to more.
        var back = dice.Next(100) < 65 ? 0 : dice.Next(12);
        var how = dice.Next(100) < 55 ? 0 : dice.Next(100);
        return new Step(act, dice.Next(2), dice.Next(100) < 40 ? 0 : dice.Next(3), back, how);
    }
}
