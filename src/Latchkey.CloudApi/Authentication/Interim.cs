using System.Security.Claims;
using System.Text.Json;
using Latchkey.Protocol;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Latchkey.CloudApi.Authentication;

internal static class Interim
{
    public static TBuilder RequireScope<TBuilder>(this TBuilder b, string scope) where TBuilder : IEndpointConventionBuilder =>
        b.RequireAuthorization(p => p.AddAuthenticationSchemes("Bearer").RequireAuthenticatedUser().RequireAssertion(c => c.Resource is HttpContext h && Caller.Find(h) is { } x && x.Scopes.Covers(Scope.Parse(scope))));

    public static void AddCloudAuthentication(this IServiceCollection services, CloudApiOptions options)
    {
        services.AddAuthentication("Bearer").AddScheme<AuthenticationSchemeOptions, H>("Bearer", null);
        services.AddAuthorization();
    }

    private sealed class H(CloudApiOptions o, IOptionsMonitor<AuthenticationSchemeOptions> a, ILoggerFactory b, System.Text.Encodings.Web.UrlEncoder c) : AuthenticationHandler<AuthenticationSchemeOptions>(a, b, c)
    {
        protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            if (Request.Headers.Authorization is not [{ } h] || !h.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) return AuthenticateResult.NoResult();
            using var client = new HttpClient(o.LoginServerTransport?.Invoke() ?? new HttpClientHandler());
            using var content = new FormUrlEncodedContent([new("token", h[7..]), new("client_id", o.ClientId), new("client_secret", o.ClientSecret.Reveal())]);
            var r = await client.PostAsync(new Uri(o.LoginServer, "/oauth/introspect"), content);
            using var d = JsonDocument.Parse(await r.Content.ReadAsStringAsync());
            if (!d.RootElement.GetProperty("active").GetBoolean()) return AuthenticateResult.Fail("inactive");
            var claims = new List<Claim>();
            foreach (var n in (string[])["sub", "username", "scope"]) if (d.RootElement.TryGetProperty(n, out var v)) claims.Add(new(n, v.GetString()!));
            return AuthenticateResult.Success(new(new ClaimsPrincipal(new ClaimsIdentity(claims, "Bearer")), "Bearer"));
        }
    }
}
