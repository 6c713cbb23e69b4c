using Latchkey.Core.Authorization;
using Latchkey.Storage.Clients;
using Microsoft.Extensions.Options;

namespace Latchkey.LoginServer.Authorization;

/// <summary>Fetches the client that a request names and puts the request through Core's checks.</summary>
internal sealed class RequestReading(ClientStore clients, IOptions<LoginServerOptions> options)
{
    /// <summary>The valid request, or the failure.</summary>
    public async ValueTask<(ValidRequest? Request, AuthorizationFailure? Failure)> ValidateAsync(
        AuthorizationParameters parameters, CancellationToken cancellationToken)
    {
        var (identified, failure) = await IdentifyAsync(parameters, cancellationToken);
        if (identified is null || !AuthorizationRequest.TryValidate(parameters, identified, options.Value.Scopes, out var request, out failure))
        {
            return (null, failure);
        }

        return request.Resource is { } resource && !await clients.AnyAnswersForAsync(resource, cancellationToken)
            ? (null, AuthorizationRequest.UnknownResource(request))
            : (request, null);
    }

    /// <summary>Client and redirect URI, or the failure.</summary>
    public async ValueTask<(IdentifiedRequest? Request, AuthorizationFailure? Failure)> IdentifyAsync(
        AuthorizationParameters parameters, CancellationToken cancellationToken)
    {
        if (!AuthorizationRequest.TryGetClientId(parameters, out var clientId, out var failure))
        {
            return (null, failure);
        }

        var client = await clients.FindAsync(clientId, cancellationToken);
        return AuthorizationRequest.TryIdentify(parameters, client, out var request, out failure) ? (request, null) : (null, failure);
    }
}
