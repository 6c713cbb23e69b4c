namespace Latchkey.Protocol;

/// <summary>The names of parameters and members, as they stand on the wire.</summary>
/// <remarks>RFC 6749 §11.2.2, RFC 7636, RFC 8707, RFC 9207, OpenID Connect Core §3.1.2.1; <see cref="Scopes"/> is Linode's.</remarks>
public static class OAuthParameters
{
#pragma warning disable CS1591 // each name is the documentation of itself
    public const string AccessToken = "access_token";
    public const string ClientId = "client_id";
    public const string ClientSecret = "client_secret";
    public const string Code = "code";
    public const string CodeChallenge = "code_challenge";
    public const string CodeChallengeMethod = "code_challenge_method";
    public const string CodeVerifier = "code_verifier";
    public const string Error = "error";
    public const string ErrorDescription = "error_description";
    public const string ExpiresIn = "expires_in";
    public const string GrantType = "grant_type";
    public const string IdTokenHint = "id_token_hint";
    public const string Issuer = "iss";
    public const string MaxAge = "max_age";
    public const string Nonce = "nonce";
    public const string Prompt = "prompt";
    public const string RedirectUri = "redirect_uri";
    public const string RefreshToken = "refresh_token";
    public const string Request = "request";
    public const string RequestUri = "request_uri";
    public const string Resource = "resource";
    public const string ResponseMode = "response_mode";
    public const string ResponseType = "response_type";
    public const string Scope = "scope";
    public const string Scopes = "scopes";
    public const string State = "state";
    public const string Token = "token";
    public const string TokenType = "token_type";
    public const string TokenTypeHint = "token_type_hint";
#pragma warning restore CS1591
}
