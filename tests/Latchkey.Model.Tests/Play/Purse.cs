using System.Text.Json;
using Latchkey.Model.Tests.Model;

namespace Latchkey.Model.Tests.Play;

/// <summary>Every token that was ever handed out, dead or alive. Its texts are never printed.</summary>
internal sealed class Purse
{
    private readonly Dictionary<string, Token> _byText = new(StringComparer.Ordinal);
    private readonly List<(Token Token, string Text)> _all = [];

    public IReadOnlyList<(Token Token, string Text)> All => _all;

    public (Token Token, string Text)? Pick(Kind kind, int back) => Pick([.. _all.Where(t => t.Token.Kind == kind)], back);

    /// <summary>A code nobody has redeemed yet.</summary>
    public (Token Token, string Text)? PickFresh(int back) =>
        Pick([.. _all.Where(t => t.Token.Kind == Kind.Code && t.Token.Grant.Stage == Stage.Pending)], back);

    public (Token Token, string Text)? Pick(int back) => Pick(_all, back);

    /// <summary>Takes what the token endpoint answered: as far as the model says, never further than was agreed to, and the same text for the same token.</summary>
    public void Take(World world, Grant grant, Reach? ceiling, JsonElement json)
    {
        var reach = grant.Scopes.And(ceiling ?? Reach.All);
        var scope = json.GetProperty("scope").GetString()!;
        Mismatch.Unless(reach.Text == scope, $"the model says {reach}; the server: \"{scope}\"");
        Mismatch.Unless(grant.Consented.Covers(Reach.Parse(scope)), $"{scope} is more than the person ever agreed to");
        var access = new Token(Kind.Access, grant, grant.Generation, ceiling, Earlier(grant.RotatedAt + World.AccessLife, grant.Ends));
        Mismatch.Unless((access.Expires - world.Now).TotalSeconds == json.GetProperty("expires_in").GetInt64(), $"{access} has another end than expires_in says");
        Keep(access, json.GetProperty("access_token").GetString()!);
        Keep(
            new Token(Kind.Refresh, grant, grant.Generation, null, Earlier(grant.RotatedAt + World.RefreshIdle, grant.Ends)),
            json.GetProperty("refresh_token").GetString()!);
    }

    public void Keep(Token token, string text)
    {
        if (_byText.TryGetValue(text, out var known))
        {
            Mismatch.Unless(known == token, $"{token} has the text of {known}");
            return;
        }

        Mismatch.Unless(!_byText.ContainsValue(token), $"{token} came in a second text");
        _byText[text] = token;
        _all.Add((token, text));
    }

    private static (Token, string)? Pick(List<(Token Token, string Text)> from, int back) => from.Count == 0 ? null : from[^(1 + (back % from.Count))];

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
