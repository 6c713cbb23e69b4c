namespace Latchkey.LoginServer.Account.Tokens;

/// <summary>How long a personal access token may be made to live. Short first; without an end only by choice.</summary>
public sealed record TokenExpiry(string Value, string Text, TimeSpan? Life)
{
    public static readonly IReadOnlyList<TokenExpiry> All =
    [
        new("30d", "30 days", TimeSpan.FromDays(30)),
        new("90d", "90 days", TimeSpan.FromDays(90)),
        new("180d", "6 months", TimeSpan.FromDays(180)),
        new("365d", "1 year", TimeSpan.FromDays(365)),
        new("never", "Never", null),
    ];

    /// <summary>What the form comes with.</summary>
    public static readonly TokenExpiry Default = All[2];

    internal static TokenExpiry? Find(string value) => All.FirstOrDefault(e => e.Value == value);
}
