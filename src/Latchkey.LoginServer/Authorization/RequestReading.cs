using Latchkey.Core.Authorization;
using Latchkey.Protocol;
using Latchkey.Storage.Clients;
using Microsoft.Extensions.Options;

namespace Latchkey.LoginServer.Authorization;

/// <summary>Fetches the client that a request names and puts the request through Core's checks.</summary>
internal sealed class RequestReading(ClientStore clients, IOptions<LoginServerOptions> options)
{
    /// <summary>
    /// The valid request, or the failure; and what the user, if any, has agreed to for the client, which comes in the same trip to
    /// the database: null when never asked or withdrawn.
    /// </summary>
    public async ValueTask<(ValidRequest? Request, AuthorizationFailure? Failure, ScopeSet? Consent)> ValidateAsync(
        AuthorizationParameters parameters, Guid? userId, CancellationToken cancellationToken)
    {
        if (!AuthorizationRequest.TryGetClientId(parameters, out var clientId, out var failure))
        {
            return (null, failure, null);
        }

        var (client, consent) = userId is { } user
            ? await clients.FindWithConsentAsync(clientId, user, cancellationToken)
            : (await clients.FindAsync(clientId, cancellationToken), null);
        if (!AuthorizationRequest.TryIdentify(parameters, client, out var identified, out failure)
            || !AuthorizationRequest.TryValidate(parameters, identified, options.Value.Scopes, out var request, out failure))
        {
            return (null, failure, null);
        }

        return request.Resource is { } resource && !await clients.AnyAnswersForAsync(resource, cancellationToken)
            ? (null, AuthorizationRequest.UnknownResource(request), null)
            : (request, null, consent);
    }

    /// <summary>Client and redirect URI, or null.</summary>
    public async ValueTask<IdentifiedRequest?> IdentifyAsync(AuthorizationParameters parameters, CancellationToken cancellationToken) =>
        AuthorizationRequest.TryGetClientId(parameters, out var clientId, out _)
        && AuthorizationRequest.TryIdentify(parameters, await clients.FindAsync(clientId, cancellationToken), out var request, out _)
            ? request
            : null;
}
