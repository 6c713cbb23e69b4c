namespace Latchkey.Protocol;

/// <summary>What an app sends with each call (RFC 6750).</summary>
public sealed class AccessToken : Secret
{
    /// <summary>Wraps the text.</summary>
    public AccessToken(string text)
        : base(text)
    {
    }
}
