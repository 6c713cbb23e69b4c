namespace Latchkey.CloudApi.Linodes.Types;

internal sealed record LinodeType(
    string Id, string Label, string Class, int Vcpus, int Memory, int Disk, int Transfer, int NetworkOut, int Gpus,
    Price Price, IReadOnlyList<RegionPrice> RegionPrices, Addons Addons, string? Successor);

internal sealed record Price(decimal Hourly, decimal Monthly);

internal sealed record RegionPrice(string Id, decimal Hourly, decimal Monthly);

internal sealed record Addons(BackupAddon Backups);

internal sealed record BackupAddon(Price Price, IReadOnlyList<RegionPrice> RegionPrices);
