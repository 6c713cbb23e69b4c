using Latchkey.Storage.Accounts;
using Latchkey.Storage.Profiles;

namespace Latchkey.LoginServer.Api.Profiles;

/// <summary>A user as Linode shows them to themselves and to every app they have let in.</summary>
internal sealed record ProfileView(
    int Uid,
    string Username,
    string Email,
    string Timezone,
    bool EmailNotifications,
    bool Restricted,
    bool TwoFactorAuth,
    string AuthenticationType,
    string UserType,
    string LishAuthMethod,
    bool IpWhitelistEnabled,
    string? VerifiedPhoneNumber,
    IReadOnlyList<string>? AuthorizedKeys,
    Referrals Referrals)
{
    public static ProfileView Of(UserProfile user, ProfileSettings settings) => new(
        user.Uid,
        user.UserName,
        user.Email,
        user.Timezone,
        settings.EmailNotifications,
        Restricted: false,
        user.TwoFactorEnabled,
        AuthenticationType: "password",
        UserType: "default",
        settings.LishAuthMethod,
        IpWhitelistEnabled: false,
        VerifiedPhoneNumber: null,
        settings.AuthorizedKeys is { Count: > 0 } keys ? keys : null,
        new Referrals("", "", 0, 0, 0, 0));
}

/// <summary>Clients read these unasked; there is no such programme here.</summary>
internal sealed record Referrals(string Code, string Url, int Total, int Completed, int Pending, int Credit);
