using Latchkey.Storage.Accounts;
using Latchkey.Storage.Audit;
using Latchkey.Storage.Clients;
using Latchkey.Storage.Consents;
using Latchkey.Storage.Customers;
using Latchkey.Storage.Model;
using Latchkey.Storage.PersonalTokens;
using Latchkey.Storage.Preferences;
using Latchkey.Storage.Profiles;
using Latchkey.Storage.Sessions;
using Latchkey.Storage.Sqlite;
using Latchkey.Storage.SshKeys;
using Latchkey.Storage.Tokens;
using Latchkey.Storage.Writes;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Latchkey.Storage;

public static class StorageServiceCollectionExtensions
{
    /// <summary>
    /// The stores, ASP.NET Core Identity over them, and Data Protection with its ring in the data directory. Call
    /// <see cref="Database.PrepareAsync"/> before using any of it.
    /// </summary>
    public static IServiceCollection AddLatchkeyStorage(this IServiceCollection services, Action<StorageOptions> configure)
    {
        services.Configure(configure);
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSqlite();
        services.AddSingleton<WriteQueue>();
        services.AddSingleton(sp => new ManagementWrites(Get<WriteQueue>(sp), Get<Func<LatchkeyDbContext>>(sp)));
        services.AddAccounts();
        services.AddKeyRing();
        services.AddStores();
        return services;
    }

    private static void AddStores(this IServiceCollection services)
    {
        services.AddSingleton(sp => new AuditLog(Get<ManagementWrites>(sp)));
        services.AddSingleton(sp => new ClientStore(Get<IPointReads>(sp), Get<ManagementWrites>(sp), Get<TimeProvider>(sp)));
        services.AddSingleton(sp => new ConsentStore(Get<IPointReads>(sp), Get<ManagementWrites>(sp), Get<TimeProvider>(sp)));
        services.AddSingleton(sp => new SessionStore(Get<IPointReads>(sp), Get<ManagementWrites>(sp), Get<TimeProvider>(sp)));
        services.AddSingleton(sp => new ThumbnailStore(Get<ManagementWrites>(sp)));
        services.AddSingleton(sp => new PreferenceStore(Get<ManagementWrites>(sp)));
        services.AddSingleton(sp => new ProfileStore(Get<ManagementWrites>(sp), Get<TimeProvider>(sp)));
        services.AddSingleton(sp => new CustomerStore(Get<ManagementWrites>(sp), Get<TimeProvider>(sp)));
        services.AddSingleton(sp => new UserEventStore(Get<ManagementWrites>(sp), Get<TimeProvider>(sp)));
        services.AddSingleton(sp => new SshKeyStore(Get<ManagementWrites>(sp), Get<TimeProvider>(sp)));
        services.AddSingleton(sp => new PersonalTokenStore(Get<ManagementWrites>(sp), Get<TimeProvider>(sp)));
        services.AddSingleton(sp => new AccountStore(
            Get<IPointReads>(sp), Get<ManagementWrites>(sp), Get<ClientStore>(sp), Get<IServiceScopeFactory>(sp), Get<TimeProvider>(sp)));
        services.AddSingleton(sp => new TokenKeyStore(
            Get<IPointReads>(sp), Get<ManagementWrites>(sp), Get<TokenKeyWrapping>(sp), Get<TimeProvider>(sp)));
        services.AddSingleton(sp => new LiveKeyRing(Get<TokenKeyStore>(sp), Get<TimeProvider>(sp)));
    }

    private static void AddKeyRing(this IServiceCollection services)
    {
        services.AddSingleton<TokenKeyWrapping>();
        services.AddDataProtection().SetApplicationName("latchkey");
        services.AddOptions<KeyManagementOptions>().Configure<IOptions<StorageOptions>, ILoggerFactory>((keys, storage, loggers) =>
        {
            keys.XmlRepository = new KeyRingFiles(storage.Value.KeysDirectory, loggers);

            // Said, so that the server does not warn at each start: the files are their owner's alone.
            keys.XmlEncryptor = new NullXmlEncryptor();
        });
    }

    private static T Get<T>(IServiceProvider services)
        where T : notnull => services.GetRequiredService<T>();
}
