using Latchkey.Storage.Customers;

namespace Latchkey.LoginServer.Api.Accounts;

internal sealed record SettingsView(bool BackupsEnabled, bool NetworkHelper)
{
    public bool Managed { get; }

    public string? LongviewSubscription { get; }

    public string ObjectStorage { get; } = "disabled";

    public static SettingsView Of(ServiceDefaults defaults) => new(defaults.BackupsEnabled, defaults.NetworkHelper);
}
