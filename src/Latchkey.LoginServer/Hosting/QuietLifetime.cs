using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Latchkey.LoginServer.Hosting;

/// <summary>A host that whoever built it starts and stops: it takes no signals and prints no greeting.</summary>
public sealed class QuietLifetime : IHostLifetime
{
    /// <summary>Puts it in place of the one that listens for Ctrl-C.</summary>
    public static void Use(IServiceCollection services) => services.Replace(ServiceDescriptor.Singleton<IHostLifetime, QuietLifetime>());

    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
