using Latchkey.CloudApi.Authentication;
using Latchkey.CloudApi.Envelope;
using Latchkey.CloudApi.Linodes.StackScripts;
using Latchkey.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Latchkey.CloudApi.Linodes.Instances;

internal static class InstanceEndpoints
{
    private static readonly Scope Read = Scope.Of("linodes", ScopeLevel.ReadOnly);
    private static readonly Scope Write = Scope.Of("linodes", ScopeLevel.ReadWrite);

    public static void MapInstances(this IEndpointRouteBuilder api)
    {
        api.MapMethods("/linode/instances", ReadRoutes.GetAndHead, ListAsync).Needs(Read);
        api.MapPost("/linode/instances", CreateAsync).Needs(Write);
        api.MapMethods("/linode/instances/{id}", ReadRoutes.GetAndHead, ViewAsync).Needs(Read);
        api.MapPut("/linode/instances/{id}", UpdateAsync).Needs(Write);
        api.MapDelete("/linode/instances/{id}", DeleteAsync).Needs(Write);
        api.MapAction("boot", LastAction.Boot);
        api.MapAction("reboot", LastAction.Reboot);
        api.MapAction("shutdown", LastAction.Shutdown);
    }

    private static void MapAction(this IEndpointRouteBuilder api, string name, LastAction action) =>
        api.MapPost($"/linode/instances/{{id}}/{name}", (string id, HttpContext context, InstanceStore store, CloudApiOptions options) =>
            RequestReader.ReadAsync(context, options, mayBeEmpty: true, async body =>
            {
                // A simulated Linode has one configuration: its id is read, so that a wrong type is told, and that is all.
                _ = body.Integer("config_id");
                return body.Errors.Count > 0 ? Answer.Refused(body.Errors)
                    : !Identifiers.TryRead(id, out var number) ? Answer.NotFound()
                    : Say(await store.ActAsync(Caller.Of(context).Subject, number, action, context.RequestAborted), _ => Answer.Done());
            })).Needs(Write);

    private static async Task<IResult> ListAsync(HttpContext context, InstanceStore store, CancellationToken cancellationToken) =>
        Instance.Fields.List(context.Request, await store.ListAsync(Caller.Of(context).Subject, cancellationToken));

    private static async Task<IResult> ViewAsync(string id, HttpContext context, InstanceStore store, CancellationToken cancellationToken) =>
        Identifiers.TryRead(id, out var number)
        && await store.FindAsync(Caller.Of(context).Subject, number, cancellationToken) is { } instance
            ? Answer.Ok(instance)
            : Answer.NotFound();

    private static Task<IResult> CreateAsync(HttpContext context, InstanceStore store, StackScriptStore scripts, CloudApiOptions options) =>
        RequestReader.ReadAsync(context, options, mayBeEmpty: false, async body =>
        {
            var owner = Caller.Of(context).Subject;
            var wanted = await NewInstance.ReadAsync(body, async id =>
                StackScriptCatalogue.Find(id) ?? await scripts.FindAsync(owner, id, context.RequestAborted));
            return wanted is null
                ? Answer.Refused(body.Errors)
                : Say(await store.CreateAsync(owner, wanted, context.RequestAborted), Answer.Ok);
        });

    private static Task<IResult> UpdateAsync(string id, HttpContext context, InstanceStore store, CloudApiOptions options) =>
        RequestReader.ReadAsync(context, options, mayBeEmpty: false, async body =>
        {
            var owner = Caller.Of(context).Subject;
            if (!Identifiers.TryRead(id, out var number) || await store.FindAsync(owner, number, context.RequestAborted) is null)
            {
                return Answer.NotFound();
            }

            if (body.Has("id") && body.Integer("id") != number)
            {
                body.Refuse("id", "id must be that of the path.");   // two ids for one object: never guess (RA-07)
            }

            var fields = InstanceFields.Read(body);
            return body.Errors.Count > 0
                ? Answer.Refused(body.Errors)
                : Say(await store.UpdateAsync(owner, number, fields, context.RequestAborted), Answer.Ok);
        });

    private static async Task<IResult> DeleteAsync(string id, HttpContext context, InstanceStore store, CancellationToken cancellationToken) =>
        Identifiers.TryRead(id, out var number) && await store.DeleteAsync(Caller.Of(context).Subject, number, cancellationToken)
            ? Answer.Done()
            : Answer.NotFound();

    private static Answer Say(InstanceOutcome outcome, Func<Instance, Answer> done) =>
        outcome.Instance is { } instance ? done(instance)
        : outcome.Reason is { } reason ? Answer.Error(StatusCodes.Status400BadRequest, reason, outcome.Field)
        : Answer.NotFound();
}
