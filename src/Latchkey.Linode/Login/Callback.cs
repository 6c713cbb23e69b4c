using System.Security.Cryptography;
using System.Text;
using Latchkey.Protocol;

namespace Latchkey.Linode;

/// <summary>What the browser brought back.</summary>
/// <remarks>RFC 6749 §4.1.2, §4.1.2.1; RFC 9207 §2.</remarks>
internal sealed record Callback
{
    private Callback()
    {
    }

    public string? Code { get; private init; }

    private string? State { get; init; }

    private string? Issuer { get; init; }

    private string? Error { get; init; }

    private string? Description { get; init; }

    private bool Repeats { get; init; }

    public static Callback Read(Uri callback)
    {
        var query = callback.IsAbsoluteUri ? callback.Query : callback.OriginalString[(callback.OriginalString.IndexOf('?') is var q and >= 0 ? q : callback.OriginalString.Length)..];
        var names = new[] { OAuthParameters.Code, OAuthParameters.State, OAuthParameters.Issuer, OAuthParameters.Error, OAuthParameters.ErrorDescription };
        var pairs = FormText.Read(query.TrimStart('?')).Where(p => names.Contains(p.Name, StringComparer.Ordinal)).ToList();
        return new Callback
        {
            Code = Value(OAuthParameters.Code),
            State = Value(OAuthParameters.State),
            Issuer = Value(OAuthParameters.Issuer),
            Error = Value(OAuthParameters.Error),
            Description = Value(OAuthParameters.ErrorDescription),
            Repeats = pairs.GroupBy(p => p.Name, StringComparer.Ordinal).Any(g => g.Count() > 1),
        };

        string? Value(string name) => pairs.FirstOrDefault(p => p.Name == name).Value is { Length: > 0 } value ? value : null;
    }

    /// <summary>State first: whatever else stands in a callback of another login is not worth reading.</summary>
    public OAuthRefusal? Check(LoginRequest request, LinodeLoginClient client) =>
        Repeats ? Refusals.Malformed
        : CheckState(State, request) is { } wrongState ? wrongState
        : Issuer is null ? (client.RequireIssuer ? Refusals.WrongIssuer : ErrorOf())
        : !IsSame(Issuer, client.Issuer) ? Refusals.WrongIssuer
        : ErrorOf();

    public static OAuthRefusal? CheckState(string? state, LoginRequest request) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(state ?? ""), Encoding.UTF8.GetBytes(request.State))
            ? null
            : Refusals.WrongState;

    // Compared as text (RFC 9207 §2.4), except that a bare host is the same with and without its slash.
    private static bool IsSame(string said, string expected) =>
        string.Equals(said, expected, StringComparison.Ordinal)
        || (said.EndsWith('/') && string.Equals(said[..^1], expected, StringComparison.Ordinal));

    private OAuthRefusal? ErrorOf() => Error is null ? null : Refusals.FromServer(Error, Description);
}
