namespace Latchkey.Bench.Report;

/// <summary>What many refreshes of a few grants leave on the disk.</summary>
/// <param name="Server">Whose store.</param>
/// <param name="Grants">That were refreshed.</param>
/// <param name="Refreshes">Of all of them together.</param>
/// <param name="Megabytes">On the disk after each tenth.</param>
/// <param name="RefreshesPerFlush">How many shared one write to the disk; null where the database does not count.</param>
internal sealed record StoreFacts(string Server, int Grants, long Refreshes, IReadOnlyList<double> Megabytes, double? RefreshesPerFlush);
