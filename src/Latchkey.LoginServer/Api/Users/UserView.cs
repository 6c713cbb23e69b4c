using Latchkey.Protocol;
using Latchkey.Storage.Accounts;
using Latchkey.Storage.SshKeys;

namespace Latchkey.LoginServer.Api.Users;

internal sealed record UserView(string Username, string Email, bool Restricted, bool TfaEnabled, IReadOnlyList<string> SshKeys)
{
    public static readonly FilterFields<UserView> Fields = new FilterFields<UserView>()
        .Text("username", u => u.Username)
        .Text("email", u => u.Email)
        .Truth("restricted", u => u.Restricted);

    public static UserView Of(UserProfile user, IEnumerable<SshKey> keys) =>
        new(user.UserName, user.Email, Restricted: false, user.TwoFactorEnabled, [.. keys.Select(k => k.Label)]);
}
