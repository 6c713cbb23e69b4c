using System.Buffers.Binary;
using Latchkey.Protocol;
using Latchkey.Storage.Sessions;

namespace Latchkey.LoginServer.Api.Devices;

/// <summary>A browser that is logged in. It needs no password until its session ends, which is what Linode calls a trusted device.</summary>
internal sealed record DeviceView(
    int Id, DateTimeOffset Created, DateTimeOffset Expiry, DateTimeOffset LastAuthenticated, string LastRemoteAddr, string UserAgent)
{
    public static readonly FilterFields<DeviceView> Fields = new FilterFields<DeviceView>()
        .Number("id", d => d.Id)
        .Text("created", d => WireJson.Date(d.Created))
        .Text("expiry", d => WireJson.Date(d.Expiry))
        .Text("last_authenticated", d => WireJson.Date(d.LastAuthenticated))
        .Text("last_remote_addr", d => d.LastRemoteAddr)
        .Text("user_agent", d => d.UserAgent);

    public static DeviceView Of(Session session) => new(
        IdOf(session.Id), session.CreatedAt, session.ExpiresAt, session.LastSeenAt, session.Ip ?? "", session.UserAgent ?? "");

    /// <summary>A number for clients that know no other ids, out of the random half of the session's own: it has to differ among one user's few.</summary>
    public static int IdOf(Guid session)
    {
        Span<byte> bytes = stackalloc byte[16];
        session.TryWriteBytes(bytes);
        return Math.Max(1, BinaryPrimitives.ReadInt32BigEndian(bytes[12..]) & int.MaxValue);
    }
}
