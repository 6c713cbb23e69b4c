using Latchkey.Protocol;
using Latchkey.Storage.Preferences;

namespace Latchkey.LoginServer.Api.Preferences;

/// <summary><c>/profile/preferences</c>: one JSON object of the client's own choosing, kept as it came.</summary>
internal static class PreferenceEndpoints
{
    private const int Longest = 65_535;

    // A character takes up to four bytes.
    private const int MaxBytes = 4 * Longest;

    public static void MapPreferences(this IEndpointRouteBuilder api)
    {
        api.MapGet("/profile/preferences", ShowAsync).Needs(ApiEndpoints.Read);
        api.MapPut("/profile/preferences", ReplaceAsync).Needs(ApiEndpoints.Write);
    }

    private static async Task<IResult> ShowAsync(HttpContext context, PreferenceStore preferences) =>
        ApiJson.Raw(await preferences.FindAsync(context.Caller().UserId, context.RequestAborted) ?? "{}");

    private static Task<IResult> ReplaceAsync(HttpContext context, PreferenceStore preferences) =>
        ApiBody.ReadAsync(context, mayBeEmpty: false, MaxBytes, async body =>
        {
            if (body.Text.Length > Longest)
            {
                return ApiJson.Bad(new ApiError($"Preferences must not be longer than {Longest} characters."));
            }

            return await preferences.ReplaceAsync(context.Caller().UserId, body.Text, context.RequestAborted)
                ? ApiJson.Raw(body.Text)
                : ApiJson.Refuse(context, ApiRefusal.InvalidToken);
        });
}
