namespace Latchkey.Storage.Customers;

/// <summary>What the account's new machines begin with.</summary>
public sealed record ServiceDefaults(bool BackupsEnabled, bool NetworkHelper);
