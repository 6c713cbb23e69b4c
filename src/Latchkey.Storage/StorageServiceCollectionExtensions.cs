using Latchkey.Storage.Accounts;
using Latchkey.Storage.Audit;
using Latchkey.Storage.Clients;
using Latchkey.Storage.Consents;
using Latchkey.Storage.Customers;
using Latchkey.Storage.Grants;
using Latchkey.Storage.Model;
using Latchkey.Storage.PersonalTokens;
using Latchkey.Storage.Postgres;
using Latchkey.Storage.Preferences;
using Latchkey.Storage.Profiles;
using Latchkey.Storage.Sessions;
using Latchkey.Storage.Sqlite;
using Latchkey.Storage.SshKeys;
using Latchkey.Storage.Telemetry;
using Latchkey.Storage.Tokens;
using Latchkey.Storage.Writes;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Latchkey.Storage;

public static class StorageServiceCollectionExtensions
{
    /// <summary>
    /// The stores, ASP.NET Core Identity over them, and Data Protection with its ring in the data directory. Call
    /// <see cref="Database.PrepareAsync"/> before using any of it.
    /// </summary>
    public static IServiceCollection AddLatchkeyStorage(this IServiceCollection services, Action<StorageOptions> configure)
    {
        // Which database it is decides what is registered, so it has to be known now.
        var options = new StorageOptions();
        configure(options);
        services.Configure(configure);
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<TokenKeyWrapping>();
        services.AddDataProtection().SetApplicationName("latchkey");
        if (string.IsNullOrWhiteSpace(options.Database))
        {
            services.AddSqlite();
        }
        else
        {
            services.AddPostgres();
        }

        services.AddMetrics();
        services.AddSingleton<StorageTelemetry>();
        services.AddSingleton<WriteQueue>();
        services.AddSingleton(sp => new ManagementWrites(Get<WriteQueue>(sp), Get<Func<LatchkeyDbContext>>(sp)));
        services.AddAccounts();
        services.AddStores();
        return services;
    }

    private static void AddStores(this IServiceCollection services)
    {
        services.AddSingleton(sp => new AuditLog(Get<ManagementWrites>(sp)));
        services.AddSingleton(sp => new GrantSteps(Get<IGrantStore>(sp), Get<ManagementWrites>(sp)));
        services.AddSingleton(sp => new ClientStore(Get<IPointReads>(sp), Get<ManagementWrites>(sp), Get<GrantSteps>(sp), Get<TimeProvider>(sp)));
        services.AddSingleton(sp => new ConsentStore(Get<IPointReads>(sp), Get<ManagementWrites>(sp), Get<TimeProvider>(sp)));
        services.AddSingleton(sp => new SessionStore(Get<IPointReads>(sp), Get<ManagementWrites>(sp), Get<TimeProvider>(sp)));
        services.AddSingleton(sp => new LoginFailureStore(Get<ManagementWrites>(sp), Get<TimeProvider>(sp)));
        services.AddSingleton(sp => new ThumbnailStore(Get<ManagementWrites>(sp)));
        services.AddSingleton(sp => new PreferenceStore(Get<ManagementWrites>(sp)));
        services.AddSingleton(sp => new ProfileStore(Get<ManagementWrites>(sp), Get<TimeProvider>(sp)));
        services.AddSingleton(sp => new CustomerStore(Get<ManagementWrites>(sp), Get<TimeProvider>(sp)));
        services.AddSingleton(sp => new UserEventStore(Get<ManagementWrites>(sp), Get<TimeProvider>(sp)));
        services.AddSingleton(sp => new SshKeyStore(Get<ManagementWrites>(sp), Get<TimeProvider>(sp)));
        services.AddSingleton(sp => new PersonalTokenStore(Get<ManagementWrites>(sp), Get<TimeProvider>(sp)));
        services.AddSingleton(sp => new GrantRecall(Get<IGrantStore>(sp), Get<ManagementWrites>(sp), Get<TimeProvider>(sp)));
        services.AddSingleton(sp => new GrantSweep(
            Get<IGrantStore>(sp), new SweepTurns(Get<ManagementWrites>(sp), Get<TimeProvider>(sp)), Get<TimeProvider>(sp), Get<StorageTelemetry>(sp)));
        services.AddSingleton(sp => new AccountStore(
            Get<IPointReads>(sp), Get<ManagementWrites>(sp), Get<ClientStore>(sp), Get<GrantSteps>(sp), Get<IServiceScopeFactory>(sp), Get<TimeProvider>(sp)));
        services.AddSingleton(sp => new TokenKeyStore(
            Get<IPointReads>(sp), Get<ManagementWrites>(sp), Get<TokenKeyWrapping>(sp), Get<TimeProvider>(sp)));
        services.AddSingleton(sp => new LiveKeyRing(Get<TokenKeyStore>(sp), Get<TimeProvider>(sp)));
    }

    private static T Get<T>(IServiceProvider services)
        where T : notnull => services.GetRequiredService<T>();
}
