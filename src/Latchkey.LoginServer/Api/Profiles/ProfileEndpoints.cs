using Latchkey.Protocol;
using Latchkey.Storage.Accounts;
using Latchkey.Storage.Profiles;

namespace Latchkey.LoginServer.Api.Profiles;

/// <summary><c>/profile</c>: who the token's user is, which any living token may ask, and what they change about themselves.</summary>
internal static class ProfileEndpoints
{
    public static void MapProfile(this IEndpointRouteBuilder api)
    {
        api.MapGet("/profile", ShowAsync).Needs(ApiEndpoints.AnyToken);
        api.MapPut("/profile", ChangeAsync).Needs(ApiEndpoints.Write);

        // Nobody here is restricted, and Linode says that by saying nothing.
        api.MapGet("/profile/grants", () => Results.NoContent()).Needs(ApiEndpoints.AnyToken);

        // None are asked at a login, so none are kept.
        api.MapGet("/profile/security-questions", () => ApiJson.Ok(new SecurityQuestionsView([]))).Needs(ApiEndpoints.Read);
    }

    private static async Task<IResult> ShowAsync(HttpContext context, AccountStore accounts, ProfileStore profiles)
    {
        var id = context.Caller().UserId;
        return await accounts.FindAsync(id, context.RequestAborted) is { } user
            ? ApiJson.Ok(ProfileView.Of(user, await profiles.SettingsAsync(id, context.RequestAborted)))
            : ApiJson.Refuse(context, ApiRefusal.InvalidToken);
    }

    private static Task<IResult> ChangeAsync(HttpContext context, AccountStore accounts, ProfileStore profiles) =>
        ApiBody.ReadAsync(context, mayBeEmpty: false, async body =>
        {
            var change = ProfileRequest.Read(body);
            if (body.Errors.Count > 0)
            {
                return ApiJson.Bad(body.Errors);
            }

            return await profiles.ChangeAsync(context.Caller().UserId, change, context.RequestAborted) switch
            {
                ProfileOutcome.Changed => await ShowAsync(context, accounts, profiles),
                ProfileOutcome.EmailTaken => ApiJson.Bad(new ApiError("This e-mail address cannot be used.", "email")),
                _ => ApiJson.Refuse(context, ApiRefusal.InvalidToken),
            };
        });

    private sealed record SecurityQuestionsView(IReadOnlyList<string> SecurityQuestions);
}
