using Latchkey.Protocol;

namespace Latchkey.LoginServer.Api.Notices;

/// <summary>Maintenance of a machine. The machines behind this server need none.</summary>
internal sealed record MaintenanceView(string Type, string Status, string Reason, DateTimeOffset When)
{
    public static readonly FilterFields<MaintenanceView> Fields = new FilterFields<MaintenanceView>()
        .Text("type", m => m.Type)
        .Text("status", m => m.Status)
        .Text("when", m => WireJson.Date(m.When));
}
