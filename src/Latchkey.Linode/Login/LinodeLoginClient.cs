using System.Security.Cryptography;
using System.Text;
using Latchkey.Protocol;

namespace Latchkey.Linode;

/// <summary>
/// Logs people in with Linode (or with a Latchkey server): the authorization code grant with PKCE, refresh, and logout.
/// One instance serves the whole app; it is safe for concurrent use and holds nothing that needs disposing.
/// </summary>
/// <remarks>RFC 6749 §4.1, §6; RFC 7636; RFC 7009; RFC 9207.</remarks>
public sealed class LinodeLoginClient
{
    private readonly TokenEndpoint _endpoint;

    /// <summary>A client that proves itself with a secret, or a public one without.</summary>
    /// <param name="clientId">The id the app was registered with.</param>
    /// <param name="clientSecret">Its secret; null for a public client.</param>
    /// <param name="baseUrl">The login server; null for <c>https://login.linode.com</c>.</param>
    /// <param name="handler">
    /// What carries the requests; null for a pool of the library's own. It must not follow redirects.
    /// </param>
    /// <param name="clock">What tells the time.</param>
    /// <exception cref="ArgumentException">
    /// The id is empty, the address is neither https nor loopback, or the handler follows redirects.
    /// </exception>
    public LinodeLoginClient(string clientId, string? clientSecret = null, Uri? baseUrl = null, HttpMessageHandler? handler = null, TimeProvider? clock = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(clientId);
        ClientId = clientId;
        BaseUrl = Transport.BaseAddress(baseUrl ?? DefaultBaseUrl, nameof(baseUrl));
        RequireIssuer = BaseUrl != DefaultBaseUrl;
        Issuer = BaseUrl.OriginalString.TrimEnd('/');
        _endpoint = new TokenEndpoint(
            clientId,
            string.IsNullOrEmpty(clientSecret) ? null : new ClientSecret(clientSecret),
            BaseUrl,
            handler,
            clock ?? TimeProvider.System);
    }

    /// <summary>Linode's own login server.</summary>
    public static Uri DefaultBaseUrl { get; } = new("https://login.linode.com");

    /// <summary>The id the app was registered with.</summary>
    public string ClientId { get; }

    /// <summary>The login server.</summary>
    public Uri BaseUrl { get; }

    /// <summary>What the login server calls itself in <c>iss</c>; unless set, its address without a slash at the end.</summary>
    public string Issuer { get; init; }

    /// <summary>
    /// Refuse a callback without <c>iss</c> (RFC 9207 §2.4). Unless set, true for every server but Linode's own, which does
    /// not send one. A wrong one is always refused.
    /// </summary>
    public bool RequireIssuer { get; init; }

    /// <summary>The first step: where to send the browser, with a state and a verifier made for this login alone.</summary>
    /// <param name="scopes">What the app asks for. No more than it needs.</param>
    /// <param name="redirectUri">
    /// Where the browser shall come back to, exactly as registered. Null leaves it out, which a Linode client may do.
    /// </param>
    /// <returns>The address, and what to keep on the server until the browser is back.</returns>
    public LoginRequest GenerateLoginUrl(ScopeSet scopes, Uri? redirectUri = null)
    {
        var state = RandomNumberGenerator.GetHexString(64, lowercase: true);
        var verifier = CodeVerifier.Generate();
        var query = new StringBuilder()
            .AppendParameter(OAuthParameters.ResponseType, "code")
            .AppendParameter(OAuthParameters.ClientId, ClientId)
            .AppendParameter(OAuthParameters.RedirectUri, redirectUri?.OriginalString)
            .AppendParameter(OAuthParameters.Scope, scopes.ToString())
            .AppendParameter(OAuthParameters.State, state)
            .AppendParameter(OAuthParameters.CodeChallenge, CodeChallenge.Of(verifier).Text)
            .AppendParameter(OAuthParameters.CodeChallengeMethod, CodeChallenge.Method);
        return new LoginRequest(Transport.Below(BaseUrl, $"{OAuthPaths.Authorize}?{query}"), state, verifier, scopes, redirectUri);
    }

    /// <summary>The last step: the browser is back with a code.</summary>
    /// <param name="code">The <c>code</c> of the callback.</param>
    /// <param name="state">The <c>state</c> of the callback; compared before anything is sent.</param>
    /// <param name="request">What was kept of this login.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The token. Look at its scopes: the person may have granted less than was asked for.</returns>
    /// <exception cref="OAuthRefusedException">Wrong state, or the code is no good.</exception>
    /// <exception cref="OAuthUnreachableException">No answer; the person has to log in again.</exception>
    /// <exception cref="NotOAuthException">What answered is not an OAuth server.</exception>
    public async Task<OAuthToken> FinishOAuthAsync(string? code, string? state, LoginRequest request, CancellationToken cancellationToken = default) =>
        (await TryFinishOAuthAsync(code, state, request, cancellationToken)).TokenOrThrow();

    /// <summary>
    /// The last step, from the whole callback address: tells a denial from a code, and checks <c>iss</c>, so that an answer
    /// of one login server is not taken to another (RFC 9207).
    /// </summary>
    /// <param name="callback">The address the browser came back to, with its query.</param>
    /// <param name="request">What was kept of this login.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <inheritdoc cref="FinishOAuthAsync(string, string, LoginRequest, CancellationToken)" path="/returns|/exception"/>
    public async Task<OAuthToken> FinishOAuthAsync(Uri callback, LoginRequest request, CancellationToken cancellationToken = default) =>
        (await TryFinishOAuthAsync(callback, request, cancellationToken)).TokenOrThrow();

    /// <summary>As <see cref="FinishOAuthAsync(string, string, LoginRequest, CancellationToken)"/>, with a refusal as a value.</summary>
    /// <exception cref="OAuthUnreachableException">No answer; the person has to log in again.</exception>
    /// <exception cref="NotOAuthException">What answered is not an OAuth server.</exception>
    public async Task<OAuthTokenResult> TryFinishOAuthAsync(string? code, string? state, LoginRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Callback.CheckState(state, request) is { } refusal
            ? OAuthTokenResult.Refused(refusal)
            : await RedeemAsync(code, request, cancellationToken);
    }

    /// <summary>As <see cref="FinishOAuthAsync(Uri, LoginRequest, CancellationToken)"/>, with a refusal as a value.</summary>
    /// <exception cref="OAuthUnreachableException">No answer; the person has to log in again.</exception>
    /// <exception cref="NotOAuthException">What answered is not an OAuth server.</exception>
    public async Task<OAuthTokenResult> TryFinishOAuthAsync(Uri callback, LoginRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(callback);
        ArgumentNullException.ThrowIfNull(request);
        var answer = Callback.Read(callback);
        return answer.Check(request, this) is { } refusal
            ? OAuthTokenResult.Refused(refusal)
            : await RedeemAsync(answer.Code, request, cancellationToken);
    }

    /// <summary>Trades a refresh token for a new token. The old one is spent: keep the one that comes back.</summary>
    /// <param name="refreshToken">The refresh token; null (the server gave none) is refused without asking.</param>
    /// <param name="cancellationToken">Gives up waiting; the new token may then be lost.</param>
    /// <remarks>
    /// RFC 6749 §6. When no answer comes within four seconds, or a proxy says that it got none (502, 504), the same refresh token is
    /// sent once more, which the server's retry window makes harmless; when that answer does not come either, the person has to log in
    /// again. Where the answer names no scopes, the token's are empty: the same as before; where it brings no refresh token, it is this one.
    /// </remarks>
    /// <exception cref="OAuthRefusedException">The refresh token is dead: <see cref="OAuthRefusalKind.LogInAgain"/>.</exception>
    /// <exception cref="OAuthUnreachableException">
    /// The server was not reached or has trouble. Try again within seconds: the refresh token is still good, or what it bought still comes
    /// for it.
    /// </exception>
    /// <exception cref="NotOAuthException">What answered is not an OAuth server.</exception>
    public async Task<OAuthToken> RefreshOAuthTokenAsync(RefreshToken? refreshToken, CancellationToken cancellationToken = default) =>
        (await TryRefreshOAuthTokenAsync(refreshToken, cancellationToken)).TokenOrThrow();

    /// <summary>As <see cref="RefreshOAuthTokenAsync"/>, with a refusal as a value.</summary>
    /// <exception cref="OAuthUnreachableException">
    /// The server was not reached or has trouble. Try again within seconds: the refresh token is still good, or what it bought still comes
    /// for it.
    /// </exception>
    /// <exception cref="NotOAuthException">What answered is not an OAuth server.</exception>
    public Task<OAuthTokenResult> TryRefreshOAuthTokenAsync(RefreshToken? refreshToken, CancellationToken cancellationToken = default) =>
        refreshToken is null
            ? Task.FromResult(OAuthTokenResult.Refused(Refusals.NoRefreshToken))
            : _endpoint.RefreshAsync(refreshToken, ScopeSet.Empty, cancellationToken);

    /// <summary>As <see cref="RefreshOAuthTokenAsync"/>; what the answer leaves out stays as it was (RFC 6749 §6).</summary>
    internal async Task<OAuthToken> RefreshAsync(OAuthToken stale, CancellationToken cancellationToken) => stale.RefreshToken is { } refresh
        ? (await _endpoint.RefreshAsync(refresh, stale.Scopes, cancellationToken)).TokenOrThrow()
        : throw new OAuthRefusedException(Refusals.NoRefreshToken);

    /// <summary>Logs out: ends the access token and everything issued with it, the refresh token too.</summary>
    /// <param name="accessToken">The token to end. One that has ended already is no error.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <remarks>RFC 7009. End the app's own session whatever this does.</remarks>
    /// <exception cref="OAuthRefusedException">The client is not the token's, or did not prove itself.</exception>
    /// <exception cref="OAuthUnreachableException">No answer: the token may still be alive. Try again.</exception>
    /// <exception cref="NotOAuthException">What answered is not an OAuth server.</exception>
    public Task ExpireTokenAsync(AccessToken accessToken, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(accessToken);
        return _endpoint.RevokeAsync(accessToken, OAuthParameters.AccessToken, cancellationToken);
    }

    /// <summary>Logs out by the refresh token, for when the access token has run out before.</summary>
    /// <param name="refreshToken">The token to end, and everything issued with it.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <inheritdoc cref="ExpireTokenAsync(AccessToken, CancellationToken)" path="/remarks|/exception"/>
    public Task ExpireTokenAsync(RefreshToken refreshToken, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(refreshToken);
        return _endpoint.RevokeAsync(refreshToken, OAuthParameters.RefreshToken, cancellationToken);
    }

    /// <summary>Logs out whichever way works: by the access token, or by the refresh token once that one has run out.</summary>
    /// <param name="token">The token to end, and everything issued with it.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <inheritdoc cref="ExpireTokenAsync(AccessToken, CancellationToken)" path="/remarks|/exception"/>
    public Task ExpireTokenAsync(OAuthToken token, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(token);
        return token.RefreshToken is { } refresh && token.ExpiresAt <= _endpoint.Clock.GetUtcNow()
            ? ExpireTokenAsync(refresh, cancellationToken)
            : ExpireTokenAsync(token.AccessToken, cancellationToken);
    }

    private async Task<OAuthTokenResult> RedeemAsync(string? code, LoginRequest request, CancellationToken cancellationToken) =>
        string.IsNullOrEmpty(code)
            ? OAuthTokenResult.Refused(Refusals.NoCode)
            : await _endpoint.RedeemAsync(new AuthorizationCode(code), request, cancellationToken);
}
