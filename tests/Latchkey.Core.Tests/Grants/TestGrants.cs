using Latchkey.Core.Grants;
using Latchkey.Core.Tests.Tokens;
using Latchkey.Core.Tokens;
using Latchkey.Protocol;

namespace Latchkey.Core.Tests.Grants;

/// <summary>One row in each state, and the tokens that point to it.</summary>
internal static class TestGrants
{
    public static readonly DateTimeOffset Now = TokenGen.Now;
    public static readonly TokenLifetimes Lifetimes = new();
    public static readonly CodeVerifier Verifier = Parse("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");

    public static readonly Grant Pending = new()
    {
        Id = TokenGen.Id(1),
        ClientId = TestClients.Confidential.Id,
        UserId = TokenGen.Id(1000),
        SessionId = TokenGen.Id(2000),
        Scopes = ScopeSet.Parse("linodes:read_write domains:read_only"),
        State = GrantState.Pending,
        Generation = 0,
        RedirectUri = TestClients.Callback,
        CodeChallenge = CodeChallenge.Of(Verifier),
        Refreshable = true,
        CreatedAt = Now,
        CodeExpiresAt = Now.AddSeconds(60),
    };

    public static readonly Grant Active = Pending with
    {
        State = GrantState.Active,
        Generation = 1,
        RotatedAt = Now,
        ExpiresAt = Now.AddDays(365),
    };

    public static readonly Grant Revoked = Active with
    {
        State = GrantState.Revoked,
        RevokedAt = Now,
        RevokedWhy = RevocationReason.UserRequest,
    };

    public static readonly Grant Personal = new()
    {
        Id = TokenGen.Id(2),
        ClientId = null,
        UserId = TokenGen.Id(1000),
        Scopes = ScopeSet.Everything,
        State = GrantState.Active,
        Generation = 1,
        RotatedAt = Now,
        CreatedAt = Now,
    };

    public static TokenContent CodeToken(Grant grant) => new(TokenKind.AuthorizationCode, grant.Id, 0, grant.CodeExpiresAt);

    public static TokenContent AccessToken(Grant grant, int? generation = null, ScopeSet? ceiling = null) =>
        new(TokenKind.Access, grant.Id, generation ?? grant.Generation, Now.AddHours(2), ceiling);

    public static TokenContent RefreshToken(Grant grant, int? generation = null) =>
        new(TokenKind.Refresh, grant.Id, generation ?? grant.Generation, Now.AddDays(30));

    public static TokenContent PersonalToken(Grant grant) => new(TokenKind.Personal, grant.Id, 1, grant.ExpiresAt);

    private static CodeVerifier Parse(string text) => CodeVerifier.TryParse(text, out var verifier) ? verifier : throw new FormatException();
}
