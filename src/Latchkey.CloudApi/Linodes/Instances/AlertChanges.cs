using Latchkey.CloudApi.Envelope;
using Latchkey.Protocol;

namespace Latchkey.CloudApi.Linodes.Instances;

/// <summary>The thresholds that are to change.</summary>
internal sealed record AlertChanges(int? Cpu, int? Io, int? NetworkIn, int? NetworkOut, int? TransferQuota)
{
    public static AlertChanges? Read(RequestBody body)
    {
        if (body.Object("alerts") is not { } alerts)
        {
            return null;
        }

        var inner = new RequestBody(alerts);
        var changes = new AlertChanges(
            Read(inner, "cpu", 4800), Read(inner, "io", 100_000), Read(inner, "network_in", 40_000), Read(inner, "network_out", 40_000),
            Read(inner, "transfer_quota", 100));
        foreach (var error in inner.Errors)
        {
            body.Refuse($"alerts.{error.Field}", error.Reason);
        }

        return changes;
    }

    public Alerts Apply(Alerts to) => new(
        Cpu ?? to.Cpu, Io ?? to.Io, NetworkIn ?? to.NetworkIn, NetworkOut ?? to.NetworkOut, TransferQuota ?? to.TransferQuota);

    private static int? Read(RequestBody alerts, string field, int most)
    {
        var value = alerts.Integer(field);
        if (value < 0 || value > most)
        {
            alerts.Refuse(field, $"{field} must be between 0 and {most}.");
        }

        return value;
    }
}
