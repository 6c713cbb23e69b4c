using Latchkey.Protocol;
using Latchkey.Storage.Audit;

namespace Latchkey.LoginServer.Api.Logins;

internal sealed record LoginView(long Id, DateTimeOffset Datetime, string Username, string Ip, string Status, bool Restricted)
{
    public static readonly FilterFields<LoginView> Fields = new FilterFields<LoginView>()
        .Number("id", l => l.Id)
        .Text("datetime", l => WireJson.Date(l.Datetime))
        .Text("username", l => l.Username)
        .Text("ip", l => l.Ip)
        .Text("status", l => l.Status)
        .Truth("restricted", l => l.Restricted);

    public static LoginView Of(AuditEvent login, string username) => new(
        login.Id,
        login.Time,
        username,
        login.Ip ?? "",
        login.Kind == AuditKinds.LoggedIn ? "successful" : "failed",
        Restricted: false);
}
