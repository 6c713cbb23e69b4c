using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Latchkey.Bench.OpenIddict;

/// <summary>The one user, and what a token says of them.</summary>
internal static class Person
{
    private const string Id = "01890000-0000-7000-8000-000000000000";
    private const string Name = "bench";

    public static ClaimsPrincipal Login => new(new ClaimsIdentity(
        [new Claim(Claims.Subject, Id), new Claim(Claims.Username, Name)], CookieAuthenticationDefaults.AuthenticationScheme));

    /// <summary>What was asked for, and a refresh token, which this server gives only with offline_access.</summary>
    public static ClaimsPrincipal Answer(ClaimsPrincipal login, OpenIddictRequest request)
    {
        var identity = new ClaimsIdentity("OpenIddict", Claims.Username, Claims.Role);
        identity.SetClaim(Claims.Subject, login.GetClaim(Claims.Subject)).SetClaim(Claims.Username, login.GetClaim(Claims.Username));
        identity.SetScopes([.. request.GetScopes(), Scopes.OfflineAccess]);
        identity.SetResources(Clients.ApiId);
        identity.SetDestinations(_ => [Destinations.AccessToken]);
        return new ClaimsPrincipal(identity);
    }
}
