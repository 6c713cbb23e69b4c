namespace Latchkey.Bench.Report;

/// <summary>What a server process takes beside time per call.</summary>
/// <param name="Server">Whose.</param>
/// <param name="FirstAnswerSeconds">From the start on an existing database to the first answer.</param>
/// <param name="FirstAnswerCpuSeconds">CPU that took: what a busy machine does not change.</param>
/// <param name="AfterRunMegabytes">Resident after the measured calls.</param>
/// <param name="MemoryMegabytes">Resident, after each tenth of <paramref name="MemoryCalls"/>; empty when not measured.</param>
/// <param name="MemoryCalls">All calls of the memory run.</param>
/// <param name="BytesPerGrant">On the disk, indexes included; null where the store was not filled.</param>
internal sealed record ProcessFacts(
    string Server,
    double FirstAnswerSeconds,
    double FirstAnswerCpuSeconds,
    double AfterRunMegabytes,
    IReadOnlyList<double> MemoryMegabytes,
    long MemoryCalls,
    double? BytesPerGrant);
