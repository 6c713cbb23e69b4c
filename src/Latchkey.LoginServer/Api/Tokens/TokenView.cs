using Latchkey.Protocol;
using Latchkey.Storage.PersonalTokens;

namespace Latchkey.LoginServer.Api.Tokens;

/// <summary>A personal access token as Linode shows it: whole when it is made, later its first 16 characters.</summary>
internal sealed record TokenView(int Id, string Label, string Scopes, DateTimeOffset Created, string Token, DateTimeOffset? Expiry)
{
    public static readonly FilterFields<TokenView> Fields = new FilterFields<TokenView>()
        .Number("id", t => t.Id)
        .Text("label", t => t.Label)
        .Text("scopes", t => t.Scopes)
        .Text("token", t => t.Token)
        .Text("created", t => WireJson.Date(t.Created))
        .Text("expiry", t => t.Expiry is { } end ? WireJson.Date(end) : null);

    public static TokenView Of(PersonalToken token) =>
        new(token.Id, token.Label, token.Scopes.ToString(), token.CreatedAt, token.FirstCharacters, token.ExpiresAt);
}
