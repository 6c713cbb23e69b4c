namespace Latchkey.Protocol;

/// <summary>What every answer of Linode's API carries, refusals too, whichever of the two servers gives it.</summary>
internal static class ApiHeaders
{
    /// <summary>What the token may: separated by spaces, <c>*</c>, or <c>unknown</c> where there is no token to speak of.</summary>
    public const string Scopes = "X-OAuth-Scopes";

    /// <summary>What the endpoint needs: separated by commas, or <c>*</c> where any caller will do.</summary>
    public const string AcceptedScopes = "X-Accepted-OAuth-Scopes";

    /// <summary>
    /// No cookie opens anything in the API, so scripts from anywhere may read its answers: without a token they get no more
    /// than a stranger would.
    /// </summary>
    public static readonly IReadOnlyList<KeyValuePair<string, string>> Fixed =
    [
        new("Access-Control-Allow-Origin", "*"),
        new("Access-Control-Allow-Headers", "Authorization, Origin, X-Requested-With, Content-Type, Accept, X-Filter"),
        new("Access-Control-Allow-Methods", "HEAD, GET, OPTIONS, POST, PUT, DELETE"),
        new("Access-Control-Expose-Headers", $"{Scopes}, {AcceptedScopes}, X-Status"),
        new("Cache-Control", "private, no-cache, no-store, max-age=0, must-revalidate"),
        new("Vary", "Authorization, X-Filter"),
        new("X-Content-Type-Options", "nosniff"),
        new("X-Frame-Options", "DENY"),
        new("Content-Security-Policy", "default-src 'none'"),
        new("Referrer-Policy", "no-referrer"),
    ];
}
