using System.Diagnostics.CodeAnalysis;

namespace Latchkey.Linode;

/// <summary>A token, or the reason why there is none.</summary>
public sealed class OAuthTokenResult
{
    private OAuthTokenResult(OAuthToken? token, OAuthRefusal? refusal)
    {
        Token = token;
        Refusal = refusal;
    }

    /// <summary>True when there is a token.</summary>
    [MemberNotNullWhen(true, nameof(Token))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool Succeeded => Token is not null;

    /// <summary>The token, when it succeeded.</summary>
    public OAuthToken? Token { get; }

    /// <summary>Why not, when it did not.</summary>
    public OAuthRefusal? Refusal { get; }

    /// <summary>The outcome, never a token.</summary>
    public override string ToString() => Succeeded ? Token.ToString() : Refusal.ToString();

    internal static OAuthTokenResult Success(OAuthToken token) => new(token, null);

    internal static OAuthTokenResult Refused(OAuthRefusal refusal) => new(null, refusal);

    internal OAuthToken TokenOrThrow() => Succeeded ? Token : throw new OAuthRefusedException(Refusal);
}
