namespace Latchkey.LoginServer.Consent;

/// <summary>What the consent page shows.</summary>
public sealed record ConsentPageModel
{
    public required string AppLabel { get; init; }

    /// <summary>True for the operator's own apps; every other one is announced as a stranger.</summary>
    public required bool Verified { get; init; }

    public required string Username { get; init; }

    public required string SwitchAccountUrl { get; init; }

    /// <summary>Where the browser goes next, whatever is decided.</summary>
    public required string RedirectHost { get; init; }

    /// <summary>In words: how long, and whether the app can renew it.</summary>
    public required string Lifetime { get; init; }

    public required IReadOnlyList<ConsentScope> Asked { get; init; }

    public required IReadOnlyList<ConsentScope> Already { get; init; }

    /// <summary>The request, sealed.</summary>
    public required string Ticket { get; init; }

    public string AppInitial => AppLabel.EnumerateRunes().Where(r => System.Text.Rune.IsLetterOrDigit(r)).Select(r => System.Text.Rune.ToUpperInvariant(r).ToString()).FirstOrDefault("?");
}
