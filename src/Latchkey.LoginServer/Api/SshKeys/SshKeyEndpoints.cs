using Latchkey.Protocol;
using Latchkey.Storage.SshKeys;

namespace Latchkey.LoginServer.Api.SshKeys;

/// <summary><c>/profile/sshkeys</c>: the caller's public keys. Another's are as good as absent.</summary>
internal static class SshKeyEndpoints
{
    public static void MapSshKeys(this IEndpointRouteBuilder api)
    {
        api.MapGet("/profile/sshkeys", ListAsync).Needs(ApiEndpoints.Read);
        api.MapPost("/profile/sshkeys", AddAsync).Needs(ApiEndpoints.Write);
        api.MapGet("/profile/sshkeys/{id}", ViewAsync).Needs(ApiEndpoints.Read);
        api.MapPut("/profile/sshkeys/{id}", RenameAsync).Needs(ApiEndpoints.Write);
        api.MapDelete("/profile/sshkeys/{id}", RemoveAsync).Needs(ApiEndpoints.Write);
    }

    private static async Task<IResult> ListAsync(HttpContext context, SshKeyStore keys) => ApiJson.List(
        context, SshKeyView.Fields, (await keys.ListAsync(context.Caller().UserId, context.RequestAborted)).Select(SshKeyView.Of));

    private static async Task<IResult> ViewAsync(HttpContext context, SshKeyStore keys, string id) =>
        Answer(context, ApiId.TryRead(id, out var number) ? await keys.FindAsync(number, context.Caller().UserId, context.RequestAborted) : null);

    private static Task<IResult> AddAsync(HttpContext context, SshKeyStore keys) => ApiBody.ReadAsync(context, mayBeEmpty: false, async body =>
    {
        var (label, key) = SshKeyRequest.Read(body);
        if (body.Errors.Count > 0)
        {
            return ApiJson.Bad(body.Errors);
        }

        return await keys.AddAsync(context.Caller().UserId, label, key, context.RequestAborted) is { } added
            ? ApiJson.Ok(SshKeyView.Of(added))
            : ApiJson.Bad(new ApiError($"A user may keep {SshKeyStore.MostPerUser} SSH keys."));
    });

    // Of a key that is there only the label is left to choose.
    private static Task<IResult> RenameAsync(HttpContext context, SshKeyStore keys, string id) => ApiBody.ReadAsync(context, mayBeEmpty: false, async body =>
    {
        var user = context.Caller().UserId;
        if (!ApiId.TryRead(id, out var number) || await keys.FindAsync(number, user, context.RequestAborted) is not { } key)
        {
            return ApiJson.NotFound(context);
        }

        var label = SshKeyRequest.LabelOf(body);
        return body.Errors.Count > 0
            ? ApiJson.Bad(body.Errors)
            : Answer(context, label is null ? key : await keys.RenameAsync(number, user, label, context.RequestAborted));
    });

    private static async Task<IResult> RemoveAsync(HttpContext context, SshKeyStore keys, string id) =>
        ApiId.TryRead(id, out var number) && await keys.RemoveAsync(number, context.Caller().UserId, context.RequestAborted)
            ? ApiJson.Done()
            : ApiJson.NotFound(context);

    private static IResult Answer(HttpContext context, SshKey? key) => key is null ? ApiJson.NotFound(context) : ApiJson.Ok(SshKeyView.Of(key));
}
