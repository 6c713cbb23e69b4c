using System.Net;
using Latchkey.Protocol;
using Polly.Timeout;

namespace Latchkey.Linode;

/// <summary>The back channel to the login server: form out, JSON in.</summary>
/// <remarks>RFC 6749 §4.1.3, §6, §2.3.1; RFC 7009 §2.1. Code, secret and tokens go in the body, never in an address.</remarks>
internal sealed class TokenEndpoint
{
    private static readonly TransportLimits Limits = new(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(100), 64 * 1024);

    // A refresh whose answer does not come is sent again while the server still knows what it answered: within ten seconds at Latchkey.
    private static readonly TimeSpan RefreshPatience = TimeSpan.FromSeconds(4);

    private readonly string _clientId;
    private readonly ClientSecret? _secret;
    private readonly Uri _token;
    private readonly Uri _revoke;
    private readonly HttpClient _http;

    public TokenEndpoint(string clientId, ClientSecret? secret, Uri baseUrl, HttpMessageHandler? handler, TimeProvider clock)
    {
        _clientId = clientId;
        _secret = secret;
        _token = Transport.Below(baseUrl, OAuthPaths.Token);
        _revoke = Transport.Below(baseUrl, OAuthPaths.Revoke);
        _http = Transport.Create(handler, clock, Limits);
        Clock = clock;
    }

    public TimeProvider Clock { get; }

    public async Task<OAuthTokenResult> RedeemAsync(AuthorizationCode code, LoginRequest request, CancellationToken cancellationToken)
    {
        var form = new Dictionary<string, string>
        {
            [OAuthParameters.GrantType] = GrantTypes.AuthorizationCode,
            [OAuthParameters.Code] = code.Reveal(),
            [OAuthParameters.CodeVerifier] = request.CodeVerifier.Reveal(),
        };
        if (request.RedirectUri is { } redirectUri)
        {
            form[OAuthParameters.RedirectUri] = redirectUri.OriginalString;
        }

        using var answer = await SendAsync(_token, form, cancellationToken);
        return await TokenAnswerReader.ReadAsync(answer, request.Scopes, Clock, cancellationToken);
    }

    /// <param name="refreshToken">It stays the one to use where the answer brings no other (RFC 6749 §6).</param>
    /// <param name="scopes">What the token reaches where the answer does not say.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<OAuthTokenResult> RefreshAsync(RefreshToken refreshToken, ScopeSet scopes, CancellationToken cancellationToken)
    {
        var form = new Dictionary<string, string>
        {
            [OAuthParameters.GrantType] = GrantTypes.RefreshToken,
            [OAuthParameters.RefreshToken] = refreshToken.Reveal(),
        };
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var answer = await SendAsync(_token, form, cancellationToken, attempt == 1 ? RefreshPatience : null);
                return await TokenAnswerReader.ReadAsync(answer, scopes, Clock, cancellationToken, refreshToken);
            }
            catch (OAuthUnreachableException e) when (attempt == 1 && (IsAnswerLost(e) || IsLostByProxy(e)))
            {
                // The server may have rotated the token already. Inside its retry window the same refresh token buys the
                // very same successor, so one repetition is harmless; more would be a storm (RFC 9700 §4.14.2).
            }
            catch (OAuthUnreachableException e) when (IsAnswerLost(e))
            {
                throw new OAuthRefusedException(Refusals.AnswerLost, e);
            }
        }
    }

    public async Task RevokeAsync(Secret token, string hint, CancellationToken cancellationToken)
    {
        var form = new Dictionary<string, string>
        {
            [OAuthParameters.Token] = token.Reveal(),
            [OAuthParameters.TokenTypeHint] = hint,
        };
        using var answer = await SendAsync(_revoke, form, cancellationToken);
        if (answer.StatusCode != HttpStatusCode.OK)
        {
            throw new OAuthRefusedException(await TokenAnswerReader.ReadRefusalAsync(answer, cancellationToken));
        }
    }

    private async Task<HttpResponseMessage> SendAsync(Uri uri, Dictionary<string, string> form, CancellationToken cancellationToken, TimeSpan? patience = null)
    {
        form[OAuthParameters.ClientId] = _clientId;
        if (_secret is not null)
        {
            form[OAuthParameters.ClientSecret] = _secret.Reveal();
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, uri) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Accept.Add(new("application/json"));
        if (patience is { } less)
        {
            request.Options.Set(Retries.Patience, less);
        }

        try
        {
            var answer = await _http.SendAsync(request, cancellationToken);
            return TokenAnswerReader.RefuseWhatIsNoAnswer(answer, Clock);
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            throw new NotOAuthException($"The answer of {uri.GetLeftPart(UriPartial.Path)} is larger than any token answer. Check the base address.", inner: e);
        }
        catch (Exception e) when (e is HttpRequestException or TimeoutRejectedException
            || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new OAuthUnreachableException($"{uri.GetLeftPart(UriPartial.Authority)} did not answer ({Why(e)}). Try again in a moment.", e);
        }
    }

    private static string Why(Exception e) => e is HttpRequestException { HttpRequestError: var error }
        ? error.ToString()
        : "it took too long";

    // Without a connection the request was never sent, and the refresh token is as good as before.
    private static bool IsAnswerLost(OAuthUnreachableException e) => e.Status is null && e.InnerException is not HttpRequestException
    {
        HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
    };

    // What stands between says that it had no answer either. The server may be down as well, so a second one is no reason to log in again.
    private static bool IsLostByProxy(OAuthUnreachableException e) => e.Status is HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout;
}
