using Latchkey.CloudApi.Authentication;
using Latchkey.CloudApi.Envelope;
using Latchkey.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Latchkey.CloudApi.Linodes.StackScripts;

/// <summary>Public StackScripts for everyone; with a token that may see them, the caller's own as well.</summary>
internal static class StackScriptEndpoints
{
    private static readonly Scope Read = Scope.Of("stackscripts", ScopeLevel.ReadOnly);
    private static readonly Scope Write = Scope.Of("stackscripts", ScopeLevel.ReadWrite);

    public static void MapStackScripts(this IEndpointRouteBuilder api)
    {
        api.MapMethods("/linode/stackscripts", ReadRoutes.GetAndHead, ListAsync).Public();
        api.MapMethods("/linode/stackscripts/{id}", ReadRoutes.GetAndHead, ViewAsync).Public();
        api.MapPost("/linode/stackscripts", CreateAsync).Needs(Write);
        api.MapPut("/linode/stackscripts/{id}", UpdateAsync).Needs(Write);
        api.MapDelete("/linode/stackscripts/{id}", DeleteAsync).Needs(Write);
    }

    private static async Task<IResult> ListAsync(HttpContext context, StackScriptStore store, CancellationToken cancellationToken)
    {
        var own = SeesOwn(context) is { } owner ? await store.ListAsync(owner, cancellationToken) : [];
        return StackScriptCatalogue.Fields.List(context.Request, StackScriptCatalogue.All.Concat(own));
    }

    private static async Task<IResult> ViewAsync(string id, HttpContext context, StackScriptStore store, CancellationToken cancellationToken)
    {
        if (!Identifiers.TryRead(id, out var number))
        {
            return Answer.NotFound();
        }

        var found = StackScriptCatalogue.Find(number)
            ?? (SeesOwn(context) is { } owner ? await store.FindAsync(owner, number, cancellationToken) : null);
        return found is null ? Answer.NotFound() : Answer.Ok(found);
    }

    private static Task<IResult> CreateAsync(HttpContext context, StackScriptStore store, CloudApiOptions options) =>
        RequestReader.ReadAsync(context, options, mayBeEmpty: false, async body =>
        {
            var fields = StackScriptFields.Read(body, creating: true);
            return body.Errors.Count > 0
                ? Answer.Refused(body.Errors)
                : await store.CreateAsync(Caller.Of(context), fields, options.MaxStackScriptsPerUser, context.RequestAborted) is { } created
                    ? Answer.Ok(created)
                    : Answer.Error(StatusCodes.Status400BadRequest, "You have as many StackScripts as one account may have.");
        });

    private static Task<IResult> UpdateAsync(string id, HttpContext context, StackScriptStore store, CloudApiOptions options) =>
        RequestReader.ReadAsync(context, options, mayBeEmpty: false, async body =>
        {
            var owner = Caller.Of(context).Subject;
            if (!Identifiers.TryRead(id, out var number) || await store.FindAsync(owner, number, context.RequestAborted) is null)
            {
                return Answer.NotFound();
            }

            var fields = StackScriptFields.Read(body, creating: false);
            return body.Errors.Count > 0
                ? Answer.Refused(body.Errors)
                : await store.UpdateAsync(owner, number, fields, context.RequestAborted) is { } updated ? Answer.Ok(updated) : Answer.NotFound();
        });

    private static async Task<IResult> DeleteAsync(string id, HttpContext context, StackScriptStore store, CancellationToken cancellationToken) =>
        Identifiers.TryRead(id, out var number) && await store.DeleteAsync(Caller.Of(context).Subject, number, cancellationToken)
            ? Answer.Done()
            : Answer.NotFound();

    private static string? SeesOwn(HttpContext context) =>
        Caller.Find(context) is { } caller && caller.Scopes.Covers(Read) ? caller.Subject : null;
}
