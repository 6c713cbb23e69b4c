namespace Latchkey.CloudApi.Regions;

internal sealed record Region(
    string Id, string Label, string Country, IReadOnlyList<string> Capabilities, string Status, string SiteType, Resolvers Resolvers);

internal sealed record Resolvers(string Ipv4, string Ipv6);
