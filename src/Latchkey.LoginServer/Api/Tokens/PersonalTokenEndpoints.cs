using Latchkey.LoginServer.Account;
using Latchkey.LoginServer.PersonalTokens;
using Latchkey.Protocol;
using Latchkey.Storage.PersonalTokens;
using Microsoft.Extensions.Options;

namespace Latchkey.LoginServer.Api.Tokens;

/// <summary><c>/profile/tokens</c>: the caller's personal access tokens. Another's are as good as absent.</summary>
internal static class PersonalTokenEndpoints
{
    public static void MapPersonalTokens(this IEndpointRouteBuilder api)
    {
        api.MapGet("/profile/tokens", ListAsync).Needs(ApiEndpoints.Read);
        api.MapPost("/profile/tokens", CreateAsync).Needs(ApiEndpoints.Write);
        api.MapGet("/profile/tokens/{id}", ViewAsync).Needs(ApiEndpoints.Read);
        api.MapPut("/profile/tokens/{id}", RenameAsync).Needs(ApiEndpoints.Write);
        api.MapDelete("/profile/tokens/{id}", RevokeAsync).Needs(ApiEndpoints.Write);
    }

    private static async Task<IResult> ListAsync(HttpContext context, PersonalTokenStore tokens) => ApiJson.List(
        context, TokenView.Fields, (await tokens.ListAsync(context.Caller().UserId, context.RequestAborted)).Select(TokenView.Of));

    private static async Task<IResult> ViewAsync(HttpContext context, PersonalTokenStore tokens, string id) =>
        ApiId.TryRead(id, out var number) && await tokens.FindAsync(number, context.Caller().UserId, context.RequestAborted) is { } token
            ? ApiJson.Ok(TokenView.Of(token))
            : ApiJson.NotFound(context);

    private static Task<IResult> CreateAsync(
        HttpContext context, PersonalTokenIssuing issuing, IOptions<LoginServerOptions> options, IOptions<AccountOptions> account, TimeProvider clock) =>
        ApiBody.ReadAsync(context, mayBeEmpty: true, async body =>
        {
            var caller = context.Caller();
            var request = TokenRequest.Read(body, caller.Scopes, options.Value.Scopes, clock.GetUtcNow());
            if (body.Errors.Count > 0)
            {
                return ApiJson.Bad(body.Errors);
            }

            var most = account.Value.MaxTokens;
            return await issuing.IssueOwnAsync(caller.UserId, request.Label, request.Scopes, request.Expiry, most, context.RequestAborted) is { } issued
                ? ApiJson.Ok(TokenView.Of(issued.Line) with { Token = issued.Token.Reveal() })
                : ApiJson.Bad(new ApiError($"A user may have {most} personal access tokens."));
        });

    // Of a token that exists only the label is left to choose.
    private static Task<IResult> RenameAsync(HttpContext context, PersonalTokenStore tokens, string id) =>
        ApiBody.ReadAsync(context, mayBeEmpty: false, async body =>
        {
            var caller = context.Caller();
            if (!ApiId.TryRead(id, out var number) || await tokens.FindAsync(number, caller.UserId, context.RequestAborted) is not { } token)
            {
                return ApiJson.NotFound(context);
            }

            var label = TokenRequest.LabelOf(body);
            if (body.Errors.Count > 0)
            {
                return ApiJson.Bad(body.Errors);
            }

            return await tokens.RenameAsync(number, caller.UserId, label ?? token.Label, context.RequestAborted) is { } renamed
                ? ApiJson.Ok(TokenView.Of(renamed))
                : ApiJson.NotFound(context);
        });

    private static async Task<IResult> RevokeAsync(HttpContext context, PersonalTokenStore tokens, string id) =>
        ApiId.TryRead(id, out var number) && await tokens.RevokeAsync(number, context.Caller().UserId, context.RequestAborted)
            ? ApiJson.Done()
            : ApiJson.NotFound(context);
}
