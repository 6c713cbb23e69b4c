using Latchkey.Protocol;

namespace Latchkey.LoginServer.Api.Events;

/// <summary><c>/account/events</c>: what happened in the last 90 days. Marking one needs no more than reading it, as with Linode.</summary>
internal static class EventEndpoints
{
    private const string One = "/account/events/{id}";

    private static readonly ScopeSet Read = Scope.Of("events", ScopeLevel.ReadOnly);

    public static void MapEvents(this IEndpointRouteBuilder api)
    {
        api.MapGet("/account/events", (HttpContext c, OwnEvents own) => own.ListAsync(c)).Needs(Read);
        api.MapGet(One, (HttpContext c, OwnEvents own, string id) => own.ViewAsync(c, id)).Needs(Read);
        api.MapPost(One + "/seen", (HttpContext c, OwnEvents own, string id) => own.MarkSeenAsync(c, id)).Needs(Read);
        api.MapPost(One + "/read", (HttpContext c, OwnEvents own, string id) => own.MarkReadAsync(c, id)).Needs(Read);
    }
}
