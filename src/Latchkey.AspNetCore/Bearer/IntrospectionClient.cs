using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Latchkey.Protocol;
using Microsoft.Extensions.Options;

namespace Latchkey.AspNetCore;

/// <summary>Asks the login server about a token, for one scheme.</summary>
/// <remarks>
/// RFC 7662 §2.1; the client proves itself as RFC 6749 §2.3.1 says. Nothing is remembered between two requests, unless
/// <see cref="LatchkeyBearerOptions.CacheFor"/> says so.
/// </remarks>
internal sealed class IntrospectionClient
{
    // The last one of the year 9999, beyond which there is no DateTimeOffset.
    private const long LastSecond = 253_402_300_799;

    private static readonly MediaTypeHeaderValue Form = new("application/x-www-form-urlencoded");

    private readonly IHttpClientFactory _clients;
    private readonly string _name;
    private readonly Uri _endpoint;
    private readonly AuthenticationHeaderValue _proof;
    private readonly IntrospectionCache? _cache;

    public IntrospectionClient(IHttpClientFactory clients, IOptionsMonitor<LatchkeyBearerOptions> options, string scheme)
    {
        var settings = options.Get(scheme);
        _clients = clients;
        _name = NameOf(scheme);
        _endpoint = new Uri(settings.LoginServer!.AbsoluteUri.TrimEnd('/') + OAuthPaths.Introspect);
        var proof = $"{Uri.EscapeDataString(settings.ClientId!)}:{Uri.EscapeDataString(settings.ClientSecret!)}";
        _proof = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes(proof)));
        _cache = settings.CacheFor > TimeSpan.Zero
            ? new IntrospectionCache(AskLoginServerAsync, settings.CacheFor, settings.MaxCachedTokens, settings.TimeProvider ?? TimeProvider.System)
            : null;
    }

    public static string NameOf(string scheme) => $"Latchkey.AspNetCore.Introspection.{scheme}";

    /// <summary>What the login server says; null when the token is not a living one.</summary>
    /// <exception cref="IntrospectionFailedException">It could not be asked, or did not answer as it must.</exception>
    public Task<TokenInfo?> AskAsync(string token, CancellationToken cancellationToken) =>
        _cache is null ? AskLoginServerAsync(token, cancellationToken) : _cache.AskAsync(token, cancellationToken);

    private async Task<TokenInfo?> AskLoginServerAsync(string token, CancellationToken cancellationToken)
    {
        try
        {
            var body = Encoding.ASCII.GetBytes($"{OAuthParameters.Token}={Uri.EscapeDataString(token)}&{OAuthParameters.TokenTypeHint}={OAuthParameters.AccessToken}");
            using var request = new HttpRequestMessage(HttpMethod.Post, _endpoint) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = Form;
            request.Headers.Authorization = _proof;
            using var answer = await _clients.CreateClient(_name).SendAsync(request, cancellationToken);
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                throw new IntrospectionFailedException(answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
                    ? "the login server does not accept this API's client id and secret"
                    : $"the login server answered HTTP {(int)answer.StatusCode}");
            }

            var said = JsonSerializer.Deserialize(
                await answer.Content.ReadAsByteArrayAsync(cancellationToken), IntrospectionJson.Default.IntrospectionAnswer);
            return said is null ? throw new IntrospectionFailedException("the login server's answer is null") : Read(said);
        }
        // A bare SocketException: the server took the connection and reset it at once, and .NET does not wrap that.
        catch (Exception e) when (e is HttpRequestException or SocketException or JsonException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new IntrospectionFailedException($"the login server could not be asked ({e.GetType().Name})", e);
        }
    }

    private static TokenInfo? Read(IntrospectionAnswer said)
    {
        if (!said.Active)
        {
            return null;
        }

        if (!ScopeSet.TryParse(said.Scope, out var scopes) || said.Exp is < 0 or > LastSecond)
        {
            throw new IntrospectionFailedException("the login server's answer has a malformed scope or exp");
        }

        var expiresAt = said.Exp is { } exp ? DateTimeOffset.FromUnixTimeSeconds(exp) : default(DateTimeOffset?);
        return new TokenInfo(said.Sub, said.Username, said.ClientId, scopes, expiresAt);
    }
}

/// <summary>The question could not be answered, so nobody gets in.</summary>
internal sealed class IntrospectionFailedException(string message, Exception? inner = null) : Exception(message, inner);
