using Latchkey.Protocol;

namespace Latchkey.Core.Authorization;

/// <summary>The parameters that go back to the client, and the URL that carries them.</summary>
/// <remarks>RFC 6749 §4.1.2, RFC 9207 §2. A class: a record would print the code.</remarks>
public sealed class AuthorizationAnswer
{
    private AuthorizationAnswer(IdentifiedRequest request, string issuer, params IEnumerable<KeyValuePair<string, string>> parameters)
    {
        Request = request;
        var state = request.State is { } s ? [new(OAuthParameters.State, s)] : Array.Empty<KeyValuePair<string, string>>();
        Parameters = [.. parameters, .. state, new(OAuthParameters.Issuer, issuer)];
    }

    private AuthorizationAnswer(IdentifiedRequest request, IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        Request = request;
        Parameters = parameters;
    }

    public IdentifiedRequest Request { get; }

    /// <summary>Why the client is refused; null when it is not.</summary>
    public OAuthError? Error { get; private init; }

    /// <summary>In the order in which they are sent. Holds the code: for the browser alone.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; }

    public static AuthorizationAnswer Success(IdentifiedRequest request, AuthorizationCode code, string issuer) =>
        new(request, issuer, new KeyValuePair<string, string>(OAuthParameters.Code, code.Reveal()));

    /// <summary>The implicit answer of compatibility clients (RFC 6749 §4.2.2); travels in the fragment.</summary>
    public static AuthorizationAnswer Implicit(IdentifiedRequest request, AccessToken token, long expiresIn, ScopeSet scopes, string issuer) =>
        new(
            request,
            issuer,
            new KeyValuePair<string, string>(OAuthParameters.AccessToken, token.Reveal()),
            new KeyValuePair<string, string>(OAuthParameters.TokenType, "bearer"),
            new KeyValuePair<string, string>(OAuthParameters.ExpiresIn, expiresIn.ToString()),
            new KeyValuePair<string, string>(OAuthParameters.Scope, scopes.ToString()));

    public static AuthorizationAnswer Failure(IdentifiedRequest request, OAuthError error, string issuer) =>
        new(
            request,
            issuer,
            new KeyValuePair<string, string>(OAuthParameters.Error, error.Code),
            new KeyValuePair<string, string>(OAuthParameters.ErrorDescription, error.Description))
        {
            Error = error,
        };

    /// <summary>The same answer with a state that is not the request's, where it has one: what an app has to refuse.</summary>
    public AuthorizationAnswer WithState(string state) =>
        new(Request, [.. Parameters.Select(p => p.Key == OAuthParameters.State ? new KeyValuePair<string, string>(p.Key, state) : p)]);

    /// <summary>The redirect URI with the parameters added: its own query stays first and as it is.</summary>
    public string ToUrl()
    {
        var uri = Request.RedirectUri;
        var separator = Request.ResponseMode == ResponseMode.Fragment ? "#"
            : !uri.Contains('?', StringComparison.Ordinal) ? "?"
            : uri[^1] is '?' or '&' ? ""
            : "&";
        return uri + separator + string.Join('&', Parameters.Select(p => $"{p.Key}={Uri.EscapeDataString(p.Value)}"));
    }
}
