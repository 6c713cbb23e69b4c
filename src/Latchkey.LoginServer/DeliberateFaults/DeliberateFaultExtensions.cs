using Latchkey.Protocol;
using Microsoft.AspNetCore.Hosting;

namespace Latchkey.LoginServer.DeliberateFaults;

/// <summary>
/// Puts faults around a host. Called by <c>latchkey demo</c> and by tests; <c>latchkey serve</c> has no way here, which an
/// architecture test holds.
/// </summary>
public static class DeliberateFaultExtensions
{
    /// <summary>Around a login server: what apps call, and what browsers are sent back with. Its pages work as ever.</summary>
    public static IServiceCollection AddDeliberateFaultsToLoginServer(this IServiceCollection services, DeliberateFaultSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Check();
        if (settings.Faults.Contains(DeliberateFault.Deny))
        {
            services.AddSingleton<DenyEveryConsent>();
        }

        if (settings.Faults.Contains(DeliberateFault.WrongState))
        {
            services.AddSingleton<WrongState>();
        }

        return services.Around(app =>
        {
            app.UseWhen(IsAppCall, calls => calls.UseSlowAndBusy(settings));
            if (settings.Faults.Contains(DeliberateFault.DropRefreshAnswer))
            {
                // Not revocation, which shows refresh tokens too.
                app.UseWhen(context => IsPost(context, OAuthPaths.Token), refreshes => refreshes.UseMiddleware<DroppedRefreshAnswers>());
            }
        });
    }

    /// <summary>Around an API: every call but preflights.</summary>
    public static IServiceCollection AddDeliberateFaultsToApi(this IServiceCollection services, DeliberateFaultSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Check();
        return services.Around(app => app.UseWhen(
            context => !HttpMethods.IsOptions(context.Request.Method), calls => calls.UseSlowAndBusy(settings)));
    }

    // What APIs ask (introspection) is left alone: their app would see it as a fault of theirs, on top of its own.
    private static bool IsAppCall(HttpContext context) => IsPost(context, OAuthPaths.Token) || IsPost(context, OAuthPaths.Revoke);

    private static bool IsPost(HttpContext context, string path) => HttpMethods.IsPost(context.Request.Method) && context.Request.Path == path;

    private static void UseSlowAndBusy(this IApplicationBuilder calls, DeliberateFaultSettings settings)
    {
        if (settings.Faults.Contains(DeliberateFault.Slow))
        {
            var clock = calls.ApplicationServices.GetRequiredService<TimeProvider>();
            calls.Use(async (context, next) =>
            {
                await Task.Delay(settings.Delay, clock, context.RequestAborted);
                await next(context);
            });
        }

        if (settings.Faults.Contains(DeliberateFault.TooManyRequests) || settings.Faults.Contains(DeliberateFault.Unavailable))
        {
            calls.UseMiddleware<BusyAnswers>(settings);
        }
    }

    // Outermost, before anything of the host's own.
    private static IServiceCollection Around(this IServiceCollection services, Action<IApplicationBuilder> faults) =>
        services.AddSingleton<IStartupFilter>(new Outermost(faults));

    private sealed class Outermost(Action<IApplicationBuilder> faults) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            faults(app);
            next(app);
        };
    }
}
