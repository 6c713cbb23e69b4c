namespace Latchkey.Protocol;

/// <summary>What an app trades for a new access token (RFC 6749 §1.5).</summary>
public sealed class RefreshToken : Secret
{
    /// <summary>Wraps the text.</summary>
    public RefreshToken(string text)
        : base(text)
    {
    }
}
