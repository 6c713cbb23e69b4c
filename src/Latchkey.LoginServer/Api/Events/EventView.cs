using Latchkey.Protocol;

namespace Latchkey.LoginServer.Api.Events;

/// <summary>Something that happened at once and is over: what takes time happens to machines, which are not here.</summary>
internal sealed record EventView(
    long Id,
    DateTimeOffset Created,
    string Action,
    string? Username,
    EventEntity? Entity,
    bool Seen,
    bool Read)
{
    public static readonly FilterFields<EventView> Fields = new FilterFields<EventView>()
        .Number("id", e => e.Id)
        .Text("created", e => WireJson.Date(e.Created))
        .Text("action", e => e.Action)
        .Text("username", e => e.Username)
        .Text("status", e => e.Status)
        .Number("entity.id", e => e.Entity?.Id as int?)
        .Text("entity.type", e => e.Entity?.Type)
        .Truth("seen", e => e.Seen)
        .Truth("read", e => e.Read);

    public string Status { get; } = "notification";

    public string? Message { get; }

    public int Duration { get; }

    public int? PercentComplete { get; }

    public string? Rate { get; }

    public string? TimeRemaining { get; }

    public EventEntity? SecondaryEntity { get; }
}
