using Latchkey.Storage.Grants;
using Latchkey.Storage.Model;
using Latchkey.Storage.Tokens;
using Latchkey.Storage.Writes;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Latchkey.Storage.Postgres;

/// <summary>What a database supplies; everything else is written once, over these.</summary>
internal static class PostgresRegistration
{
    public static void AddPostgres(this IServiceCollection services)
    {
        services.AddSingleton<PostgresConnections>();
        services.AddSingleton<PostgresReaders>();
        services.AddSingleton<IPointReads, PostgresPointReads>();
        services.AddSingleton<IGrantBatch, PostgresGrantBatch>();
        services.AddSingleton<IGrantStore, PostgresGrantStore>();
        services.AddDbContext<LatchkeyDbContext, PostgresDbContext>(Configure, ServiceLifetime.Scoped, ServiceLifetime.Singleton);
        services.AddSingleton<Func<PostgresDbContext>>(sp => () => new PostgresDbContext(
            sp.GetRequiredService<DbContextOptions<PostgresDbContext>>(),
            sp.GetRequiredService<WriteQueue>(),
            sp.GetRequiredService<IOptions<StorageOptions>>()));
        services.AddSingleton<Func<LatchkeyDbContext>>(sp => sp.GetRequiredService<Func<PostgresDbContext>>());
        services.AddSingleton<Database>(sp => new PostgresDatabase(
            sp.GetRequiredService<PostgresConnections>(),
            sp.GetRequiredService<Func<PostgresDbContext>>(),
            sp.GetRequiredService<KeyFile>,
            sp.GetRequiredService<TokenKeyWrapping>,
            sp.GetRequiredService<TimeProvider>()));
        services.AddKeyRing();
    }

    private static void AddKeyRing(this IServiceCollection services)
    {
        services.AddSingleton(new KeyRingWords(PostgresKeyRing.Wrong));
        services.AddSingleton(sp => KeyFile.Read(sp.GetRequiredService<IOptions<StorageOptions>>().Value.KeyFile));
        services.AddOptions<KeyManagementOptions>().Configure<PostgresReaders, PostgresConnections, KeyFile>((keys, readers, connections, keyFile) =>
        {
            keys.XmlRepository = new KeyRingTable(readers, connections);
            keys.XmlEncryptor = new KeyFileEncryptor(keyFile);
        });
    }

    private static void Configure(IServiceProvider services, DbContextOptionsBuilder options) => options
        .UseNpgsql(services.GetRequiredService<PostgresConnections>().Source)
        .AddInterceptors(new PostgresConnectionFailures(), new PostgresCommandFailures())

        // One line per statement is for whoever debugs; a failed one is told by the exception, once.
        .ConfigureWarnings(w => w.Log(
            (RelationalEventId.CommandExecuted, LogLevel.Debug), (RelationalEventId.CommandError, LogLevel.Debug)));
}
