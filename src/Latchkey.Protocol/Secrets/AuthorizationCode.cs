namespace Latchkey.Protocol;

/// <summary>What the browser brings back, once, for sixty seconds (RFC 6749 §1.3.1).</summary>
public sealed class AuthorizationCode : Secret
{
    /// <summary>Wraps the text.</summary>
    public AuthorizationCode(string text)
        : base(text)
    {
    }
}
