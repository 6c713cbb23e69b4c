using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.CloudApi.Storage;

internal static class StorageServices
{
    public static void AddCloudStorage(this IServiceCollection services, CloudApiOptions options)
    {
        services.AddDbContext<CloudContext>(db => db.UseSqlite(CloudDatabase.ConnectionString(options)));
        services.AddSingleton<CloudDatabase>();
        services.AddSingleton<WriteGate>();
        services.AddHostedService<DatabaseStartup>();
    }
}
