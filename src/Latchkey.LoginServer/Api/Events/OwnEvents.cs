using Latchkey.Storage.Accounts;
using Latchkey.Storage.Audit;
using Latchkey.Storage.Clients;
using Latchkey.Storage.PersonalTokens;
using Latchkey.Storage.SshKeys;

namespace Latchkey.LoginServer.Api.Events;

/// <summary>What happened to the caller's account, from the audit log, in Linode's words.</summary>
internal sealed class OwnEvents(
    UserEventStore events, AccountStore accounts, ClientStore clients, PersonalTokenStore tokens, SshKeyStore keys)
{
    public async Task<IResult> ListAsync(HttpContext context) => ApiJson.List(context, EventView.Fields, await AllAsync(context));

    public async Task<IResult> ViewAsync(HttpContext context, string id) =>
        await FindAsync(context, id) is { } found ? ApiJson.Ok(found) : ApiJson.NotFound(context);

    public Task<IResult> MarkSeenAsync(HttpContext context, string id) => MarkAsync(context, id, events.MarkSeenAsync);

    public Task<IResult> MarkReadAsync(HttpContext context, string id) => MarkAsync(context, id, events.MarkReadAsync);

    private async Task<IResult> MarkAsync(HttpContext context, string id, Func<Guid, long, CancellationToken, Task> mark)
    {
        if (await FindAsync(context, id) is not { } found)
        {
            return ApiJson.NotFound(context);
        }

        await mark(context.Caller().UserId, found.Id, context.RequestAborted);
        return ApiJson.Done();
    }

    private async Task<EventView?> FindAsync(HttpContext context, string id) =>
        ApiId.TryReadLarge(id, out var number) ? (await AllAsync(context)).FirstOrDefault(e => e.Id == number) : null;

    private async Task<IEnumerable<EventView>> AllAsync(HttpContext context)
    {
        var cancellationToken = context.RequestAborted;
        if (await accounts.FindAsync(context.Caller().UserId, cancellationToken) is not { } user)
        {
            return [];
        }

        var entities = await EventEntities.OfAsync(user, clients, tokens, keys, cancellationToken);
        var (seenTo, read) = await events.MarksAsync(user.Id, cancellationToken);
        return (await events.ListAsync(user.Id, EventAction.ByKind.Keys, cancellationToken)).Select(e =>
        {
            var (action, entity) = EventAction.ByKind[e.Kind];
            return new EventView(
                e.Id, e.Time, action, e.ActorId == user.Id ? user.UserName : null, entities.Of(e, entity), e.Id <= seenTo, read.Contains(e.Id));
        });
    }
}
