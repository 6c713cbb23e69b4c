using System.Net;
using System.Net.Http.Headers;
using Latchkey.Protocol;

namespace Latchkey.Linode;

/// <summary>Puts the token on each call, and another one on a call that was refused for it.</summary>
/// <remarks>RFC 6750 §2.1. Stands outside the retries, so that waiting for a busy server costs no refresh.</remarks>
internal sealed class TokenHandler(ITokenSource? tokens) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (tokens is null)
        {
            return await base.SendAsync(request, cancellationToken);
        }

        var token = await tokens.GetAsync(cancellationToken);
        var answer = await SendAsync(request, token, cancellationToken);
        if (answer.StatusCode != HttpStatusCode.Unauthorized
            || ApiErrors.LacksScope(answer)
            || await tokens.ReplaceAsync(token, cancellationToken) is not { } other)
        {
            return answer;
        }

        answer.Dispose();
        return await SendAsync(request, other, cancellationToken);
    }

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, Secret token, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Reveal());
        return base.SendAsync(request, cancellationToken);
    }
}
