namespace Latchkey.LoginServer;

/// <summary>The reverse proxies in front, if any.</summary>
public sealed class ProxyOptions
{
    /// <summary>
    /// Addresses (<c>10.0.0.7</c>) or networks (<c>10.0.0.0/8</c>). <c>X-Forwarded-For</c> from one of them says who the peer is;
    /// from anybody else it says nothing.
    /// </summary>
    public IList<string> Trusted { get; } = [];
}
