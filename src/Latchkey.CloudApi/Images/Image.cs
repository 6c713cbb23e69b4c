namespace Latchkey.CloudApi.Images;

internal sealed record Image(
    string Id, string Label, string Vendor, string? Description, string Type, string Status, int Size, bool IsPublic, bool Deprecated,
    DateTimeOffset Created, DateTimeOffset Updated, string CreatedBy, DateTimeOffset Eol, DateTimeOffset? Expiry,
    IReadOnlyList<string> Capabilities);
