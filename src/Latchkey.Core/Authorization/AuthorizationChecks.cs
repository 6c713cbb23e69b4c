using System.Globalization;
using Latchkey.Core.Clients;
using Latchkey.Protocol;
using P = Latchkey.Protocol.OAuthParameters;

namespace Latchkey.Core.Authorization;

/// <summary>The single checks of <see cref="AuthorizationRequest.TryValidate"/>: null when it holds, and what it read added to the draft.</summary>
internal static class AuthorizationChecks
{
    // Nothing is sent twice (RFC 6749 §3.1), but only names of ours are safe to repeat in an answer.
    private static readonly string[] Known =
    [
        P.ResponseType, P.ResponseMode, P.Scope, P.Scopes, P.State, P.Nonce, P.CodeChallenge, P.CodeChallengeMethod,
        P.Prompt, P.MaxAge, P.Resource, P.Request, P.RequestUri, P.IdTokenHint,
    ];

    public static OAuthError? NothingRepeated(AuthorizationParameters parameters) =>
        Array.Find(Known, parameters.IsRepeated) is { } name
            ? OAuthErrors.InvalidRequest.Because($"{name} was sent more than once.", name)
            : parameters.AnyIsRepeated()
            ? OAuthErrors.InvalidRequest.Because("A parameter was sent more than once.")
            : null;

    // Fetching what a stranger points at is a way into the operator's network; the refusal comes before any look at it.
    public static OAuthError? NoRequestObject(AuthorizationParameters parameters) =>
        parameters[P.Request] is not null ? OAuthErrors.RequestNotSupported
        : parameters[P.RequestUri] is not null ? OAuthErrors.RequestUriNotSupported
        : null;

    public static OAuthError? ResponseType(AuthorizationParameters parameters, ref ValidRequest draft)
    {
        switch (parameters[P.ResponseType])
        {
            case null:
                return OAuthErrors.InvalidRequest.Because("response_type is missing; send code.", P.ResponseType);
            case "code":
                return null;
            case "token" when draft.Identified is { Client: { Compatibility: Compatibility.Linode, Public: true } } && RedirectUriRules.IsLoopback(draft.Identified.RedirectUri):
                draft = draft with { Identified = draft.Identified with { ResponseMode = Authorization.ResponseMode.Fragment }, Implicit = true };
                return null;
            default:
                return OAuthErrors.UnsupportedResponseType;
        }
    }

    // A token in a query ends up in logs and histories, so the implicit answer has the fragment and nothing else.
    public static OAuthError? ResponseMode(AuthorizationParameters parameters, bool @implicit) => parameters[P.ResponseMode] switch
    {
        null => null,
        "fragment" when @implicit => null,
        "query" or "form_post" when !@implicit => null,
        _ => OAuthErrors.InvalidRequest.Because(@implicit ? "response_mode is fragment." : "response_mode is query or form_post.", P.ResponseMode),
    };

    public static OAuthError? GrantType(Client client) =>
        client.Grants.Contains(GrantTypes.AuthorizationCode)
            ? null
            : OAuthErrors.UnauthorizedClient.Because("This client is not registered for the authorization code grant.");

    public static OAuthError? Pkce(AuthorizationParameters parameters, ref ValidRequest draft)
    {
        var client = draft.Identified.Client;
        var sent = parameters[P.CodeChallenge];
        var method = parameters[P.CodeChallengeMethod];
        if (sent is null)
        {
            var excused = draft.Implicit || (!client.Public && (client.PkceOptional || client.Compatibility == Compatibility.Linode));
            return excused && method is null ? null : OAuthErrors.InvalidRequest.Because("code_challenge is missing; PKCE is required.", P.CodeChallenge);
        }

        // A missing method means plain (RFC 7636 §4.3), which protects against nobody who can read the request.
        if (method != CodeChallenge.Method)
        {
            return OAuthErrors.InvalidRequest.Because("code_challenge_method has to be S256.", P.CodeChallengeMethod);
        }

        if (!CodeChallenge.TryParse(sent, out var challenge))
        {
            return OAuthErrors.InvalidRequest.Because("code_challenge is not the base64url SHA-256 of a verifier.", P.CodeChallenge);
        }

        draft = draft with { CodeChallenge = challenge };
        return null;
    }

    public static OAuthError? Scope(AuthorizationParameters parameters, ScopeCatalogue catalogue, ref ValidRequest draft)
    {
        if (!RequestedScopes.TryRead(parameters[P.Scope], parameters[P.Scopes], draft.Identified.Client, catalogue, out var scopes, out var error))
        {
            return error;
        }

        draft = draft with { Scopes = scopes };
        return null;
    }

    public static OAuthError? Prompt(AuthorizationParameters parameters, ref ValidRequest draft)
    {
        var prompt = Authorization.Prompt.Default;
        foreach (var word in (parameters[P.Prompt] ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var flag = word switch
            {
                "none" => Authorization.Prompt.None,
                "login" => Authorization.Prompt.Login,
                "consent" => Authorization.Prompt.Consent,
                "select_account" => Authorization.Prompt.SelectAccount,
                _ => Authorization.Prompt.Default,
            };
            if (flag == Authorization.Prompt.Default)
            {
                return OAuthErrors.InvalidRequest.Because("prompt is none, login, consent or select_account.", P.Prompt);
            }

            prompt |= flag;
        }

        if (prompt.HasFlag(Authorization.Prompt.None) && prompt != Authorization.Prompt.None)
        {
            return OAuthErrors.InvalidRequest.Because("prompt=none cannot go with another prompt.", P.Prompt);
        }

        draft = draft with { Prompt = prompt };
        return null;
    }

    public static OAuthError? MaxAge(AuthorizationParameters parameters, ref ValidRequest draft)
    {
        if (parameters[P.MaxAge] is not { } text)
        {
            return null;
        }

        // No sign, no space, no exponent, ASCII digits alone.
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return OAuthErrors.InvalidRequest.Because("max_age is a whole number of seconds.", P.MaxAge);
        }

        draft = draft with { MaxAge = TimeSpan.FromSeconds(seconds) };
        return null;
    }

    public static OAuthError? Resource(string? resource) =>
        resource is null || (Uri.TryCreate(resource, UriKind.Absolute, out var uri) && !uri.IsFile && !resource.AsSpan().ContainsAnyExcept(RedirectUriRules.UriCharacters))
            ? null
            : OAuthErrors.InvalidTarget.Because("resource is an absolute URI without a fragment.", P.Resource);
}
