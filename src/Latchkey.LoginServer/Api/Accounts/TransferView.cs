namespace Latchkey.LoginServer.Api.Accounts;

/// <summary>Network use this month, in gigabytes.</summary>
internal sealed record TransferView(int Used, int Quota, int Billable)
{
    /// <summary>Nothing behind this server measures it.</summary>
    public static readonly TransferView Unmeasured = new(0, 0, 0);
}
