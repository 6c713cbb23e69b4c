using Latchkey.Storage.Audit;
using Latchkey.Storage.Customers;

namespace Latchkey.Storage.Tests.Customers;

public sealed class CustomerStoreTests
{
    [Fact]
    public async Task Changes_at_once_do_not_undo_each_other()
    {
        await using var storage = await TestStorage.CreateAsync();
        var customers = storage.Get<CustomerStore>();
        var ada = await storage.AddUserAsync();

        await Task.WhenAll(
            Task.Run(() => customers.ChangeContactAsync(ada, c => c with { City = "London" })),
            Task.Run(() => customers.ChangeContactAsync(ada, c => c with { Company = "Engines" })),
            Task.Run(() => customers.ChangeDefaultsAsync(ada, backupsEnabled: true, networkHelper: null)),
            Task.Run(() => customers.ChangeDefaultsAsync(ada, backupsEnabled: null, networkHelper: false)));

        Assert.Equal(new Contact { City = "London", Company = "Engines" }, await customers.ContactAsync(ada));
        Assert.Equal(new ServiceDefaults(true, false), await customers.DefaultsAsync(ada));
    }

    [Fact]
    public async Task A_refused_change_and_one_that_changes_nothing_leave_no_trace()
    {
        await using var storage = await TestStorage.CreateAsync();
        var customers = storage.Get<CustomerStore>();
        var ada = await storage.AddUserAsync();

        Assert.True(await customers.ChangeContactAsync(ada, _ => null));
        Assert.True(await customers.ChangeContactAsync(ada, c => c with { City = "" }));
        Assert.True(await customers.ChangeDefaultsAsync(ada, backupsEnabled: false, networkHelper: true));
        Assert.False(await customers.ChangeDefaultsAsync(Guid.CreateVersion7(), backupsEnabled: true, networkHelper: null));

        Assert.Equal(0, storage.Number("SELECT count(*) FROM user_settings"));
        Assert.DoesNotContain(await storage.Audit.ListAsync(), e => e.Kind is AuditKinds.AccountChanged or AuditKinds.AccountSettingsChanged);
    }
}
