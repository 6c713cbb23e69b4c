using Latchkey.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Tests;

/// <summary>The name of a database that is ready for use and only ever copied: applying the migrations takes longer than most tests.</summary>
internal static class PreparedDatabase
{
    public static string On(PostgresCluster cluster)
    {
        var name = cluster.CreateDatabase();
        using var services = new ServiceCollection()
            .AddLatchkeyStorage(storage => (storage.Database, storage.KeyFile) = (cluster.ConnectionString(name), cluster.KeyFile))
            .BuildServiceProvider();
        services.GetRequiredService<Database>().PrepareAsync().GetAwaiter().GetResult();
        return name;
    }
}
