using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Latchkey.CloudApi.Storage;

/// <summary>Prepares the database before the host listens.</summary>
internal sealed class DatabaseStartup(CloudDatabase database, IServiceScopeFactory scopes) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await database.PrepareAsync(scope.ServiceProvider.GetRequiredService<CloudContext>(), cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
