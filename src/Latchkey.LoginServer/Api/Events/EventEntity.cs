namespace Latchkey.LoginServer.Api.Events;

/// <summary>What an event happened to. A client's id is text, as everywhere; profile and account have none.</summary>
internal sealed record EventEntity(object? Id, string Label, string Type, string Url);
