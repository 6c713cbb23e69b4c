using Latchkey.Core.Tokens;
using Latchkey.Storage.Tokens;
using Microsoft.Extensions.Options;

namespace Latchkey.LoginServer.Tokens;

/// <summary>Seals and opens tokens with the keys of the moment, looking for a key that another process may have added.</summary>
internal sealed class TokenSeals(LiveKeyRing keys, IOptions<LoginServerOptions> options)
{
    public TokenIssuer Issuer => new(keys.Current, options.Value.Lifetimes);

    /// <summary>Opens a token of one kind, or of any kind for null; null when there is none or this server did not seal it.</summary>
    public TokenContent? Open(string? text, TokenKind? kind = null)
    {
        if (text is null)
        {
            return null;
        }

        var opening = keys.Current.Open(text, out var content);
        if (opening == TokenOpening.UnknownKey && keys.Refresh())
        {
            opening = keys.Current.Open(text, out content);
        }

        return opening == TokenOpening.Opened && (kind is null || content.Kind == kind) ? content : default(TokenContent?);
    }
}
