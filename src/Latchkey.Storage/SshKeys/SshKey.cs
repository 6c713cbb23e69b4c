namespace Latchkey.Storage.SshKeys;

/// <summary>A public key that a user keeps for the machines they make.</summary>
public sealed record SshKey(int Id, string Label, string Key, DateTimeOffset CreatedAt);
