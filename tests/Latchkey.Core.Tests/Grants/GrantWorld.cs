using Latchkey.Core.Clients;
using Latchkey.Core.Grants;
using Latchkey.Core.Tests.Tokens;
using Latchkey.Core.Tokens;
using Latchkey.Protocol;

namespace Latchkey.Core.Tests.Grants;

/// <summary>
/// A login server of one grant without HTTP: it decides, applies and decides again when the row changed meanwhile, as the
/// decisions ask of their callers. It remembers every token it ever handed out.
/// </summary>
internal sealed class GrantWorld
{
    private readonly KeyRing _keys = TokenGen.Ring();
    private readonly TokenIssuer _issuer;
    private readonly TokenLifetimes _lifetimes;

    public GrantWorld(TokenLifetimes lifetimes)
    {
        _lifetimes = lifetimes;
        _issuer = new TokenIssuer(_keys, lifetimes);
        Row.Apply(new GrantWrite.Insert(TestGrants.Pending with { CodeExpiresAt = Now + lifetimes.Code }));
        Code = _issuer.Code(Grant).Reveal();
    }

    public DateTimeOffset Now { get; private set; } = TestGrants.Now;

    public GrantRow Row { get; } = new();

    public Grant Grant => Row.Grant!;

    public string Code { get; }

    public int Redemptions { get; private set; }

    public List<string> AccessTokens { get; } = [];

    public List<string> RefreshTokens { get; } = [];

    /// <summary>What every token that was ever handed out says of itself.</summary>
    public IEnumerable<TokenContent> EverIssued => new[] { Code }.Concat(AccessTokens).Concat(RefreshTokens).Select(text =>
    {
        Assert.True(_keys.TryOpen(text, out var content));
        return content;
    });

    public void Wait(TimeSpan time) => Now += time;

    public void Wait(int milliseconds) => Now = Now.AddMilliseconds(milliseconds);

    public void Revoke(Client client) => Revocation.Decide(Grant, client, Now).Match(end => Row.Apply(end.Write), _ => false, _ => false);

    /// <summary>Several requests that all read the row before the first of them writes.</summary>
    public void Redeem(Client client, string? verifier, int atOnce = 1)
    {
        Assert.True(_keys.TryOpen(Code, TokenKind.AuthorizationCode, out var code));
        Race(atOnce, row => CodeExchange.Decide(code, row, client, null, verifier, _lifetimes, Now).Match<Step>(
            issue => (issue.Write, written =>
            {
                Redemptions++;
                Answer(written, null);
            }
            ),
            replay => (replay.Write, null),
            expire => (expire.Write, null),
            _ => (null, null)));
    }

    public void Refresh(string text, Client client, ScopeSet? wanted, int atOnce = 1)
    {
        Assert.True(_keys.TryOpen(text, TokenKind.Refresh, out var token));
        Race(atOnce, row => Core.Grants.Refresh.Decide(token, row, client, wanted, _lifetimes, Now).Match<Step>(
            rotate => (rotate.Write, written => Answer(written, rotate.Ceiling)),
            repeat => (null, _ => Answer(repeat.Grant, repeat.Ceiling)),
            reuse => (reuse.Write, null),
            _ => (null, null)));
    }

    /// <summary>What presenting a refresh token right now would be answered with; nothing is written.</summary>
    public string? Successor(string text)
    {
        Assert.True(_keys.TryOpen(text, TokenKind.Refresh, out var token));
        return Core.Grants.Refresh.Decide(token, Grant, TestClients.Confidential, null, _lifetimes, Now).Match(
            rotate => Issued(Grant.After(rotate.Write)),
            repeat => Issued(repeat.Grant),
            _ => null,
            _ => null);

        string? Issued(Grant grant) => _issuer.Tokens(grant, null, Now).RefreshToken?.Reveal();
    }

    public bool IsAlive(string accessToken)
    {
        Assert.True(_keys.TryOpen(accessToken, TokenKind.Access, out var token));
        return Introspection.Decide(token, Grant, TestClients.Api, Now) is not null;
    }

    private void Race(int atOnce, Func<Grant, Step> decide)
    {
        var first = Enumerable.Range(0, atOnce).Select(_ => (Row: Grant, Step: decide(Grant))).ToList();
        foreach (var (row, decided) in first)
        {
            var (read, step) = (row, decided);
            while (step.Write is { } write && !Row.Apply(write) && write is not GrantWrite.Revoke)
            {
                read = Grant;
                step = decide(read);
            }

            step.Answer?.Invoke(step.Write is null ? read : read.After(step.Write));
        }
    }

    private void Answer(Grant written, ScopeSet? ceiling)
    {
        var tokens = _issuer.Tokens(written, ceiling, Now);
        AccessTokens.Add(tokens.AccessToken.Reveal());
        if (tokens.RefreshToken is { } refresh && !RefreshTokens.Contains(refresh.Reveal()))
        {
            RefreshTokens.Add(refresh.Reveal());
        }
    }

    private readonly record struct Step(GrantWrite? Write, Action<Grant>? Answer)
    {
        public static implicit operator Step((GrantWrite? Write, Action<Grant>? Answer) step) => new(step.Write, step.Answer);
    }
}
