namespace Latchkey.Protocol;

/// <summary>Every refusal that the login server and the APIs behind it speak.</summary>
public static class OAuthErrors
{
    /// <summary>A parameter is missing, repeated or malformed.</summary>
    public static readonly OAuthError InvalidRequest =
        new("invalid_request", "A parameter is missing, repeated or malformed.", 400, "RFC 6749 §4.1.2.1, §5.2");

    /// <summary>The client is unknown or did not prove itself.</summary>
    public static readonly OAuthError InvalidClient =
        new("invalid_client", "Client authentication failed.", 401, "RFC 6749 §5.2");

    /// <summary>The code or refresh token is not (or no longer) good for this client.</summary>
    public static readonly OAuthError InvalidGrant =
        new("invalid_grant", "The code or refresh token is invalid, expired, used or revoked; send the user to log in again.", 400, "RFC 6749 §5.2");

    /// <summary>The client may not do this.</summary>
    public static readonly OAuthError UnauthorizedClient =
        new("unauthorized_client", "This client is not registered for this request.", 400, "RFC 6749 §4.1.2.1, §5.2");

    /// <summary>The grant type is not spoken here.</summary>
    public static readonly OAuthError UnsupportedGrantType =
        new("unsupported_grant_type", "Use authorization_code or refresh_token.", 400, "RFC 6749 §5.2");

    /// <summary>The response type is not spoken here.</summary>
    public static readonly OAuthError UnsupportedResponseType =
        new("unsupported_response_type", "Use response_type=code.", 400, "RFC 6749 §4.1.2.1");

    /// <summary>A scope is unknown, malformed, or more than may be asked for.</summary>
    public static readonly OAuthError InvalidScope =
        new("invalid_scope", "A scope is unknown, malformed, or not allowed for this client.", 400, "RFC 6749 §4.1.2.1, §5.2");

    /// <summary>The person said no.</summary>
    public static readonly OAuthError AccessDenied =
        new("access_denied", "The user denied the request.", 403, "RFC 6749 §4.1.2.1");

    /// <summary>Something broke on this side.</summary>
    public static readonly OAuthError ServerError =
        new("server_error", "Something went wrong on the login server; try again.", 500, "RFC 6749 §4.1.2.1");

    /// <summary>The server cannot answer just now.</summary>
    public static readonly OAuthError TemporarilyUnavailable =
        new("temporarily_unavailable", "The login server cannot answer just now; try again in a moment.", 503, "RFC 6749 §4.1.2.1");

    /// <summary>The token type cannot be revoked here.</summary>
    public static readonly OAuthError UnsupportedTokenType =
        new("unsupported_token_type", "This kind of token cannot be revoked here.", 400, "RFC 7009 §2.2.1");

    /// <summary>prompt=none, and nobody is logged in.</summary>
    public static readonly OAuthError LoginRequired =
        new("login_required", "The user has to log in; ask again without prompt=none.", 400, "OpenID Connect Core §3.1.2.6");

    /// <summary>prompt=none, and the person has to be asked.</summary>
    public static readonly OAuthError ConsentRequired =
        new("consent_required", "The user has to consent; ask again without prompt=none.", 400, "OpenID Connect Core §3.1.2.6");

    /// <summary>Request objects are not spoken here.</summary>
    public static readonly OAuthError RequestNotSupported =
        new("request_not_supported", "Send the parameters themselves instead of request.", 400, "OpenID Connect Core §3.1.2.6");

    /// <summary>Request objects by reference are not spoken here.</summary>
    public static readonly OAuthError RequestUriNotSupported =
        new("request_uri_not_supported", "Send the parameters themselves instead of request_uri.", 400, "OpenID Connect Core §3.1.2.6");

    /// <summary>The resource named is not one that tokens are issued for.</summary>
    public static readonly OAuthError InvalidTarget =
        new("invalid_target", "The resource is unknown or malformed.", 400, "RFC 8707 §2");

    /// <summary>The access token is no good.</summary>
    public static readonly OAuthError InvalidToken =
        new("invalid_token", "The access token is invalid, expired or revoked.", 401, "RFC 6750 §3.1");

    /// <summary>The access token does not reach this far.</summary>
    public static readonly OAuthError InsufficientScope =
        new("insufficient_scope", "The access token lacks the scope this needs.", 403, "RFC 6750 §3.1");
}
