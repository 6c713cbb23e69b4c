using Latchkey.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>For apps: "log in with Linode".</summary>
public static class LinodeExtensions
{
    /// <summary>
    /// Logs people in with Linode, or with a Latchkey server, and keeps the token in the session's ticket:
    /// <c>HttpContext.GetLinodeTokenAsync()</c>. Settings that cannot work stop the start of the host with an exception that says
    /// which.
    /// </summary>
    /// <param name="builder">What <c>AddAuthentication()</c> returned; it needs a cookie scheme to sign in with.</param>
    /// <param name="configure">At least the client id and the scopes.</param>
    public static AuthenticationBuilder AddLinode(this AuthenticationBuilder builder, Action<LinodeOptions> configure) =>
        builder.AddLinode(LinodeDefaults.AuthenticationScheme, configure);

    /// <inheritdoc cref="AddLinode(AuthenticationBuilder, Action{LinodeOptions})"/>
    /// <param name="builder">What <c>AddAuthentication()</c> returned; it needs a cookie scheme to sign in with.</param>
    /// <param name="scheme">The name of the scheme.</param>
    /// <param name="configure">At least the client id and the scopes.</param>
    public static AuthenticationBuilder AddLinode(this AuthenticationBuilder builder, string scheme, Action<LinodeOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<LinodeOptions>, LinodePostConfigure>());
        // The framework's handler logs the whole redirect, state and cookies included, at Debug.
        builder.Services.AddLogging(logging => logging.AddFilter(typeof(LinodeHandler).FullName, LogLevel.Information));

        // Wrong settings stop the start: found at the first request, they would make every answer of a listening app a 500.
        builder.Services.AddOptions<LinodeOptions>(scheme).ValidateOnStart();
        return builder.AddOAuth<LinodeOptions, LinodeHandler>(scheme, LinodeDefaults.DisplayName, configure);
    }
}
