using Latchkey.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>For APIs: who is calling, by asking the login server about the token.</summary>
public static class LatchkeyBearerExtensions
{
    /// <summary>
    /// Checks the bearer token of each request at the login server (RFC 7662), with no cache between a revocation and the
    /// next request unless <see cref="LatchkeyBearerOptions.CacheFor"/> sets one. When the login server cannot be asked,
    /// nobody gets in: 503. Settings that cannot work stop the start of the host with an <see cref="InvalidOperationException"/>
    /// that says which.
    /// </summary>
    /// <param name="builder">What <c>AddAuthentication()</c> returned.</param>
    /// <param name="configure">At least login server, client id and secret.</param>
    public static AuthenticationBuilder AddLatchkeyBearer(this AuthenticationBuilder builder, Action<LatchkeyBearerOptions> configure) =>
        builder.AddLatchkeyBearer(LatchkeyBearerDefaults.AuthenticationScheme, configure);

    /// <inheritdoc cref="AddLatchkeyBearer(AuthenticationBuilder, Action{LatchkeyBearerOptions})"/>
    /// <param name="builder">What <c>AddAuthentication()</c> returned.</param>
    /// <param name="scheme">The name of the scheme.</param>
    /// <param name="configure">At least login server, client id and secret.</param>
    public static AuthenticationBuilder AddLatchkeyBearer(this AuthenticationBuilder builder, string scheme, Action<LatchkeyBearerOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IAuthorizationHandler, ScopeRequirementHandler>());
        builder.Services.AddAuthorizationBuilder();
        builder.Services.AddIntrospection(scheme);

        // Wrong settings stop the start: found at the first request, they would make every answer of a listening app a 500.
        builder.Services.AddOptions<LatchkeyBearerOptions>(scheme).ValidateOnStart();
        return builder.AddScheme<LatchkeyBearerOptions, LatchkeyBearerHandler>(scheme, displayName: null, configure);
    }
}
