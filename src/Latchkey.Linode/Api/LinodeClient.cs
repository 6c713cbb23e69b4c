using Latchkey.Protocol;

namespace Latchkey.Linode;

/// <summary>
/// Linode's API, version 4, for one person's token. Light enough to make one for each request: the connections are shared.
/// Safe for concurrent use.
/// </summary>
/// <remarks>
/// Errors are <see cref="LinodeApiException"/>. 408, 429 and 503 are tried again as <c>Retry-After</c> tells; a broken
/// connection only where sending twice does no harm.
/// </remarks>
/// <example><code>await foreach (var instance in new LinodeClient(token.AccessToken).Linodes.Instances.ListAsync()) { … }</code></example>
public sealed class LinodeClient
{
    private static readonly TransportLimits Limits = new(TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(4), 32 * 1024 * 1024);

    /// <summary>A client for an app's access token.</summary>
    /// <param name="token">The token.</param>
    /// <param name="baseUrl">The API with its version; null for <c>https://api.linode.com/v4</c>.</param>
    /// <param name="handler">What carries the requests; null for a pool of the library's own. It must not follow redirects.</param>
    /// <param name="clock">What tells the time.</param>
    /// <exception cref="ArgumentException">
    /// The address is neither https nor loopback, the handler follows redirects, or the token holds what no token does, as the end of the
    /// line that it was read with.
    /// </exception>
    public LinodeClient(AccessToken token, Uri? baseUrl = null, HttpMessageHandler? handler = null, TimeProvider? clock = null)
        : this(new FixedToken(NotNull(token)), baseUrl, handler, clock)
    {
    }

    /// <summary>A client for a personal access token.</summary>
    /// <inheritdoc cref="LinodeClient(AccessToken, Uri, HttpMessageHandler, TimeProvider)"/>
    public LinodeClient(PersonalAccessToken token, Uri? baseUrl = null, HttpMessageHandler? handler = null, TimeProvider? clock = null)
        : this(new FixedToken(NotNull(token)), baseUrl, handler, clock)
    {
    }

    /// <summary>A client for a token that is at hand as text.</summary>
    /// <inheritdoc cref="LinodeClient(AccessToken, Uri, HttpMessageHandler, TimeProvider)"/>
    public LinodeClient(string token, Uri? baseUrl = null, HttpMessageHandler? handler = null, TimeProvider? clock = null)
        : this(new AccessToken(token), baseUrl, handler, clock)
    {
    }

    /// <summary>
    /// A client whose token is refreshed when it runs out, or when the API refuses it. Its calls also throw what
    /// <see cref="LinodeSession.GetTokenAsync"/> throws.
    /// </summary>
    /// <param name="session">The token and how to refresh it; share it between clients.</param>
    /// <inheritdoc cref="LinodeClient(AccessToken, Uri, HttpMessageHandler, TimeProvider)" path="/param[@name!='token']|/exception"/>
    /// <param name="baseUrl">The API with its version.</param>
    /// <param name="handler">What carries the requests.</param>
    /// <param name="clock">What tells the time.</param>
    public LinodeClient(LinodeSession session, Uri? baseUrl = null, HttpMessageHandler? handler = null, TimeProvider? clock = null)
        : this(new SessionToken(NotNull(session)), baseUrl, handler, clock)
    {
    }

    private LinodeClient(ITokenSource? tokens, Uri? baseUrl, HttpMessageHandler? handler, TimeProvider? clock)
    {
        BaseUrl = Transport.BaseAddress(baseUrl ?? DefaultBaseUrl, nameof(baseUrl));
        clock ??= TimeProvider.System;
        var http = Transport.Create(handler, clock, Limits, inner => new TokenHandler(tokens) { InnerHandler = inner });
        var calls = new ApiCalls(http, BaseUrl, clock);
        Regions = new RegionsApi(calls);
        Linodes = new LinodesApi(calls);
        Images = new ImagesApi(calls);
        Profile = new ProfileApi(calls);
        Account = new AccountApi(calls);
    }

    /// <summary>Linode's own API.</summary>
    public static Uri DefaultBaseUrl { get; } = new("https://api.linode.com/v4");

    /// <summary>The API with its version.</summary>
    public Uri BaseUrl { get; }

    /// <summary>Where Linodes can be.</summary>
    public RegionsApi Regions { get; }

    /// <summary>Linodes, their plans, and StackScripts.</summary>
    public LinodesApi Linodes { get; }

    /// <summary>What a Linode can be made from.</summary>
    public ImagesApi Images { get; }

    /// <summary>The person whose token this is, and what is theirs.</summary>
    public ProfileApi Profile { get; }

    /// <summary>The account the token opens, and the apps registered from it.</summary>
    public AccountApi Account { get; }

    /// <summary>
    /// A client without a token, for the public lists: regions, plans, images and public StackScripts, before anybody has
    /// logged in.
    /// </summary>
    /// <inheritdoc cref="LinodeClient(AccessToken, Uri, HttpMessageHandler, TimeProvider)" path="/param[@name!='token']|/exception"/>
    public static LinodeClient WithoutToken(Uri? baseUrl = null, HttpMessageHandler? handler = null, TimeProvider? clock = null) =>
        new((ITokenSource?)null, baseUrl, handler, clock);

    private static T NotNull<T>(T value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value;
    }
}
