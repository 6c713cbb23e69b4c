using Latchkey.Storage.Accounts;
using Microsoft.AspNetCore.Http.Features;

namespace Latchkey.LoginServer.Api;

/// <summary><c>GET /v4/profile</c>: who the token's user is. Any living token may ask.</summary>
internal static class ProfileEndpoint
{
    public static async Task<IResult> GetAsync(HttpContext context, AccountStore accounts)
    {
        var caller = context.Features.GetRequiredFeature<ApiCaller>();
        var user = await accounts.FindAsync(caller.UserId, context.RequestAborted);
        if (user is null)
        {
            return ApiJson.Refuse(context, ApiRefusal.InvalidToken);
        }

        return ApiJson.Object(writer =>
        {
            writer.WriteNumber("uid", user.Uid);
            writer.WriteString("username", user.UserName);
            writer.WriteString("email", user.Email);
            writer.WriteString("timezone", user.Timezone);
            writer.WriteBoolean("email_notifications", true);
            writer.WriteBoolean("restricted", false);
            writer.WriteBoolean("two_factor_auth", false);
            writer.WriteString("authentication_type", "password");
            writer.WriteString("user_type", "default");
            writer.WriteString("lish_auth_method", "password_keys");
            writer.WriteBoolean("ip_whitelist_enabled", false);
            writer.WriteNull("verified_phone_number");
            writer.WriteNull("authorized_keys");
            writer.WriteStartObject("referrals");
            writer.WriteString("code", "");
            writer.WriteString("url", "");
            writer.WriteNumber("total", 0);
            writer.WriteNumber("completed", 0);
            writer.WriteNumber("pending", 0);
            writer.WriteNumber("credit", 0);
            writer.WriteEndObject();
        });
    }
}
