using System.Security.Cryptography;
using System.Text;
using Latchkey.Storage.Audit;

namespace Latchkey.LoginServer.Accounts;

/// <summary>What the audit log is told about logins.</summary>
internal static class LoginAudit
{
    public static AuditEvent LoggedIn(HttpContext context, Guid userId, DateTimeOffset now) =>
        new() { Time = now, Kind = AuditKinds.LoggedIn, ActorId = userId, Ip = Peer(context) };

    public static AuditEvent LoggedOut(HttpContext context, Guid userId, DateTimeOffset now) =>
        new() { Time = now, Kind = AuditKinds.LoggedOut, ActorId = userId, Ip = Peer(context) };

    /// <summary>
    /// People type passwords into the wrong field, so of the name only 32 bits of a hash are kept: enough to see that it is
    /// the same name again, too few to find it out.
    /// </summary>
    public static AuditEvent Failed(HttpContext context, string username, Guid? userId, string why, DateTimeOffset now) => new()
    {
        Time = now,
        Kind = AuditKinds.LoginFailed,
        UserId = userId,
        Ip = Peer(context),
        Detail = $"{why}; name {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(username)).AsSpan(0, 4))}",
    };

    public static AuditEvent Locked(HttpContext context, Guid userId, DateTimeOffset now) =>
        new() { Time = now, Kind = AuditKinds.UserLocked, UserId = userId, Ip = Peer(context) };

    public static string? Peer(HttpContext context) => context.Connection.RemoteIpAddress?.ToString();
}
