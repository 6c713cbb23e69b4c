using Latchkey.Storage.Grants;
using Latchkey.Storage.Model;
using Latchkey.Storage.Tokens;
using Latchkey.Storage.Writes;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Latchkey.Storage.Sqlite;

/// <summary>What a database supplies; everything else is written once, over these.</summary>
internal static class SqliteRegistration
{
    public static void AddSqlite(this IServiceCollection services)
    {
        services.AddSingleton<SqliteConnections>();
        services.AddSingleton<SqliteSyncs>();
        services.AddSingleton<SqliteReaders>();
        services.AddSingleton<SqliteListReaders>();
        services.AddSingleton<IPointReads, SqlitePointReads>();
        services.AddSingleton<IGrantBatch, SqliteGrantBatch>();
        services.AddSingleton<IGrantStore, SqliteGrantStore>();
        services.AddDbContext<LatchkeyDbContext, SqliteDbContext>(Configure, ServiceLifetime.Scoped, ServiceLifetime.Singleton);
        services.AddSingleton<Func<SqliteDbContext>>(sp => () => new SqliteDbContext(
            sp.GetRequiredService<DbContextOptions<SqliteDbContext>>(),
            sp.GetRequiredService<WriteQueue>(),
            sp.GetRequiredService<SqliteSyncs>(),
            sp.GetRequiredService<IOptions<StorageOptions>>()));
        services.AddSingleton<Func<LatchkeyDbContext>>(sp => sp.GetRequiredService<Func<SqliteDbContext>>());
        services.AddSingleton<Database>(sp => new SqliteDatabase(
            sp.GetRequiredService<SqliteConnections>(),
            sp.GetRequiredService<Func<SqliteDbContext>>(),
            sp.GetRequiredService<TokenKeyWrapping>,
            sp.GetRequiredService<SqliteSyncs>(),
            sp.GetRequiredService<TimeProvider>()));
        services.AddSingleton(new KeyRingWords(KeyRingFiles.Wrong));
        services.AddOptions<KeyManagementOptions>().Configure<IOptions<StorageOptions>, ILoggerFactory>((keys, storage, loggers) =>
        {
            keys.XmlRepository = new KeyRingFiles(storage.Value.KeysDirectory, loggers);

            // Said, so that the server does not warn at each start: the files are their owner's alone.
            keys.XmlEncryptor = new NullXmlEncryptor();
        });
    }

    private static void Configure(IServiceProvider services, DbContextOptionsBuilder options)
    {
        var connections = services.GetRequiredService<SqliteConnections>();
        options
            .UseSqlite(connections.PooledConnectionString)
            .AddInterceptors(new SqliteSettings(connections), new SqliteCommands())

            // One line per statement is for whoever debugs; a failed one is told by the exception, once.
            .ConfigureWarnings(w => w.Log(
                (RelationalEventId.CommandExecuted, LogLevel.Debug), (RelationalEventId.CommandError, LogLevel.Debug)));
    }
}
