using System.Security.Claims;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Latchkey.Bench.OpenIddict;

/// <summary>As OpenIddict's own samples do it: the permanent authorization of user and client is looked up at each visit and made at the first.</summary>
internal static class RememberedConsent
{
    public static async Task<ClaimsPrincipal> AnswerAsync(IServiceProvider services, ClaimsPrincipal login, OpenIddictRequest request)
    {
        var applications = services.GetRequiredService<IOpenIddictApplicationManager>();
        var authorizations = services.GetRequiredService<IOpenIddictAuthorizationManager>();
        var answer = Person.Answer(login, request);
        var subject = answer.GetClaim(Claims.Subject)!;
        var application = await applications.FindByClientIdAsync(request.ClientId!);
        var client = (await applications.GetIdAsync(application!))!;
        object? authorization = null;
        await foreach (var found in authorizations.FindAsync(subject, client, Statuses.Valid, AuthorizationTypes.Permanent, answer.GetScopes()))
        {
            authorization = found;
        }

        authorization ??= await authorizations.CreateAsync(answer, subject, client, AuthorizationTypes.Permanent, answer.GetScopes());
        answer.SetAuthorizationId(await authorizations.GetIdAsync(authorization));
        return answer;
    }
}
