using Microsoft.AspNetCore.Authentication;

namespace Latchkey.AspNetCore;

/// <summary>How an API checks the tokens that are sent to it.</summary>
public sealed class LatchkeyBearerOptions : AuthenticationSchemeOptions
{
    private static readonly TimeSpan LongestCacheFor = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(1);

    /// <summary>The defaults.</summary>
    public LatchkeyBearerOptions() => Events = new LatchkeyBearerEvents();

    /// <summary>The login server that issued the tokens: its base address, https unless it is on this machine.</summary>
    public Uri? LoginServer { get; set; }

    /// <summary>The id this API was registered with (<c>latchkey client add --api</c>).</summary>
    public string? ClientId { get; set; }

    /// <summary>Its secret.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>What the challenge names as <c>realm</c>; null for none.</summary>
    public string? Realm { get; set; }

    /// <summary>Take <c>Authorization: token …</c> too, as Linode's Python library sends for thumbnails.</summary>
    public bool AcceptTokenScheme { get; set; }

    /// <summary>
    /// Answer as Linode's API does: <c>{"errors":[{"reason": …}]}</c> as <c>application/json</c>, and on every answer
    /// <c>X-OAuth-Scopes</c> and <c>X-Accepted-OAuth-Scopes</c>.
    /// </summary>
    public bool LinodeErrors { get; set; }

    /// <summary>
    /// The status when a scope is missing: 403 (RFC 6750 §3.1), or 401 as Linode answers.
    /// </summary>
    public int MissingScopeStatus { get; set; } = 403;

    /// <summary>How long to wait for the login server before answering 503: more than zero, at most a day.</summary>
    public TimeSpan IntrospectionTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>What <c>Retry-After</c> says when the login server cannot be asked; whole seconds.</summary>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// For how long one introspection answers later requests with the same token too. <b>For so long a revoked token still
    /// works here</b>, counted from the moment the login server was asked; never past the token's own end. Zero, the default,
    /// asks at every request, so that a revocation counts at the next one. At most one minute.
    /// </summary>
    public TimeSpan CacheFor { get; set; }

    /// <summary>How many tokens' answers are kept at most while <see cref="CacheFor"/> is set, about a kilobyte each; the oldest make room.</summary>
    public int MaxCachedTokens { get; set; } = 10_000;

    /// <summary>What carries the introspection requests; null for a pool of the package's own, of 256 connections at most. It must not follow redirects.</summary>
    public HttpMessageHandler? BackchannelHttpHandler { get; set; }

    /// <summary>What the app adds to it.</summary>
    public new LatchkeyBearerEvents Events
    {
        get => (LatchkeyBearerEvents)base.Events!;
        set => base.Events = value;
    }

    /// <summary>Checks what can be checked without asking the login server; run when the host starts.</summary>
    /// <exception cref="InvalidOperationException">A setting cannot work; the message names it and says what it may be.</exception>
    public override void Validate()
    {
        base.Validate();
        if (LoginServer is not { IsAbsoluteUri: true } || !(LoginServer.Scheme == Uri.UriSchemeHttps || (LoginServer.Scheme == Uri.UriSchemeHttp && LoginServer.IsLoopback)))
        {
            throw new InvalidOperationException("AddLatchkeyBearer: set LoginServer to an https address (http for loopback only).");
        }

        // The path of introspection is put behind it: a query or fragment would swallow that.
        if (LoginServer.UserInfo.Length > 0 || LoginServer.Query.Length > 0 || LoginServer.Fragment.Length > 0)
        {
            throw new InvalidOperationException("AddLatchkeyBearer: LoginServer has no user, query or fragment.");
        }

        if (string.IsNullOrEmpty(ClientId) || string.IsNullOrEmpty(ClientSecret))
        {
            throw new InvalidOperationException("AddLatchkeyBearer: set ClientId and ClientSecret to what `latchkey client add --api` printed.");
        }

        if (MissingScopeStatus is not (401 or 403))
        {
            throw new InvalidOperationException("AddLatchkeyBearer: MissingScopeStatus is 403, or 401 as Linode answers.");
        }

        if (IntrospectionTimeout <= TimeSpan.Zero || IntrospectionTimeout > LongestTimeout)
        {
            throw new InvalidOperationException("AddLatchkeyBearer: IntrospectionTimeout is more than zero and at most a day; callers wait for so long before they get 503.");
        }

        if (CacheFor < TimeSpan.Zero || CacheFor > LongestCacheFor)
        {
            throw new InvalidOperationException("AddLatchkeyBearer: CacheFor is at most one minute, or zero to ask at every request: for so long a revoked token still works.");
        }

        if (MaxCachedTokens < 1)
        {
            throw new InvalidOperationException("AddLatchkeyBearer: MaxCachedTokens is at least one; CacheFor = TimeSpan.Zero turns the cache off.");
        }
    }
}
