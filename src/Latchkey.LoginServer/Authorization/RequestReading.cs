using Latchkey.Core.Authorization;
using Latchkey.Core.Consent;
using Latchkey.Protocol;
using Latchkey.Storage.Clients;
using Latchkey.Storage.Consents;
using Microsoft.Extensions.Options;

namespace Latchkey.LoginServer.Authorization;

/// <summary>Fetches the client that a request names and puts the request through Core's checks.</summary>
internal sealed class RequestReading(ClientStore clients, ConsentStore consents, IOptions<LoginServerOptions> options)
{
    /// <summary>
    /// The valid request, or the failure; and what the user, if any, has agreed to for the client at the place that the request
    /// names, which comes in the same trip to the database: null when never asked or withdrawn.
    /// </summary>
    public async ValueTask<(ValidRequest? Request, AuthorizationFailure? Failure, ScopeSet? Consent)> ValidateAsync(
        AuthorizationParameters parameters, Guid? userId, CancellationToken cancellationToken)
    {
        if (!AuthorizationRequest.TryGetClientId(parameters, out var clientId, out var failure))
        {
            return (null, failure, null);
        }

        var (client, consent) = userId is { } user
            ? await clients.FindWithConsentAsync(clientId, user, NamedPlace(parameters), cancellationToken)
            : (await clients.FindAsync(clientId, cancellationToken), null);
        if (!AuthorizationRequest.TryIdentify(parameters, client, out var identified, out failure)
            || !AuthorizationRequest.TryValidate(parameters, identified, options.Value.Scopes, out var request, out failure))
        {
            return (null, failure, null);
        }

        if (request.Resource is { } resource && !await clients.AnyAnswersForAsync(resource, cancellationToken))
        {
            return (null, AuthorizationRequest.UnknownResource(request), null);
        }

        // An app with one redirect URI need not name it.
        if (userId is { } agreed && parameters[OAuthParameters.RedirectUri] is null)
        {
            consent = await consents.FindAsync(agreed, clientId, request.Place, cancellationToken);
        }

        return (request, null, consent);
    }

    /// <summary>Client and redirect URI, or null.</summary>
    public async ValueTask<IdentifiedRequest?> IdentifyAsync(AuthorizationParameters parameters, CancellationToken cancellationToken) =>
        AuthorizationRequest.TryGetClientId(parameters, out var clientId, out _)
        && AuthorizationRequest.TryIdentify(parameters, await clients.FindAsync(clientId, cancellationToken), out var request, out _)
            ? request
            : null;

    // Before the client is known it is only what was sent; a request that turns out valid was sent to just there.
    private static ConsentPlace NamedPlace(AuthorizationParameters parameters) =>
        ConsentPlace.Of(parameters[OAuthParameters.RedirectUri] ?? "", parameters[OAuthParameters.Resource]);
}
