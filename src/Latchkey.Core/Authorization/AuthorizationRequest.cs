using System.Diagnostics.CodeAnalysis;
using Latchkey.Core.Clients;
using Latchkey.Protocol;
using static Latchkey.Core.Authorization.AuthorizationFailure;

namespace Latchkey.Core.Authorization;

/// <summary>
/// The checks of an authorization request, in order. The first two steps prove client and redirect URI; until both hold
/// the person is told and nothing is sent anywhere. The order is behaviour: tests pin it.
/// </summary>
/// <remarks>RFC 6749 §4.1.1, §4.1.2.1; RFC 7636 §4.3; RFC 8707 §2; OpenID Connect Core §3.1.2.1.</remarks>
public static class AuthorizationRequest
{
    private const int MaxParameterLength = 4096;

    /// <summary>Step one: which client to look up.</summary>
    public static bool TryGetClientId(
        AuthorizationParameters parameters, [NotNullWhen(true)] out string? clientId, [NotNullWhen(false)] out AuthorizationFailure? failure)
    {
        clientId = parameters[OAuthParameters.ClientId];
        failure = parameters.Any(v => v.Length > MaxParameterLength) ? Show("A parameter is too long.")
            : parameters.Any(v => v.Contains('\0', StringComparison.Ordinal)) ? Show("A parameter holds a character that it cannot.")
            : parameters.IsRepeated(OAuthParameters.ClientId) ? Show("client_id was sent more than once.")
            : clientId is null ? Show("client_id is missing.")
            : null;
        return failure is null;
    }

    /// <summary>Step two: the client (null when unknown) and the redirect URI.</summary>
    public static bool TryIdentify(
        AuthorizationParameters parameters,
        Client? client,
        [NotNullWhen(true)] out IdentifiedRequest? request,
        [NotNullWhen(false)] out AuthorizationFailure? failure)
    {
        request = null;
        var sent = parameters[OAuthParameters.RedirectUri];
        failure = client is null ? Show("No app is registered under this client_id.")
            : !client.IsActive ? Show("This app has been disabled.")
            : client.Api ? Show("This client is an API; it cannot send users here.")
            : parameters.IsRepeated(OAuthParameters.RedirectUri) ? Show("redirect_uri was sent more than once.")
            : sent is null && OnlyRedirectUri(client) is null ? Show("redirect_uri is missing.")
            : sent is not null && !IsRegistered(client, sent) ? Show("redirect_uri is not registered for this app; it has to match to the letter.")
            : null;
        if (failure is null)
        {
            var mode = parameters[OAuthParameters.ResponseMode] == "form_post" ? ResponseMode.FormPost : ResponseMode.Query;
            request = new IdentifiedRequest(client!, sent ?? OnlyRedirectUri(client!)!, parameters[OAuthParameters.State], mode);
        }

        return failure is null;
    }

    /// <summary>Step three: everything else. From here on the client is answered at its redirect URI.</summary>
    public static bool TryValidate(
        AuthorizationParameters parameters,
        IdentifiedRequest identified,
        ScopeCatalogue catalogue,
        [NotNullWhen(true)] out ValidRequest? request,
        [NotNullWhen(false)] out AuthorizationFailure? failure)
    {
        var draft = new ValidRequest(identified)
        {
            Nonce = parameters[OAuthParameters.Nonce],
            Resource = parameters[OAuthParameters.Resource],
            HasIdTokenHint = parameters[OAuthParameters.IdTokenHint] is not null,
        };
        var error =
            AuthorizationChecks.NothingRepeated(parameters)
            ?? AuthorizationChecks.NoRequestObject(parameters)
            ?? AuthorizationChecks.ResponseType(parameters, ref draft)
            ?? AuthorizationChecks.ResponseMode(parameters, draft.Implicit)
            ?? AuthorizationChecks.GrantType(identified.Client)
            ?? AuthorizationChecks.Pkce(parameters, ref draft)
            ?? AuthorizationChecks.Scope(parameters, catalogue, ref draft)
            ?? AuthorizationChecks.Prompt(parameters, ref draft)
            ?? AuthorizationChecks.MaxAge(parameters, ref draft)
            ?? AuthorizationChecks.Resource(draft.Resource);
        request = error is null ? draft : null;
        failure = error is null ? null : new ReturnToClient(draft.Identified, error);
        return error is null;
    }

    /// <summary>After everything else, and only of a valid request that names a resource: no API is registered for it.</summary>
    public static AuthorizationFailure UnknownResource(ValidRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new ReturnToClient(request.Identified, OAuthErrors.InvalidTarget.Because("No API is registered for this resource.", OAuthParameters.Resource));
    }

    private static bool IsRegistered(Client client, string sent) => client.RedirectUris.Any(registered =>
        client.Compatibility == Compatibility.Linode
            ? RedirectUriRules.MatchesAsLinode(registered, sent)
            : RedirectUriRules.Matches(registered, sent));

    private static string? OnlyRedirectUri(Client client) =>
        client is { Compatibility: Compatibility.Linode, RedirectUris: [var only] } ? only : null;

    private static ShowToUser Show(string description) => new(OAuthErrors.InvalidRequest.Because(description));
}
