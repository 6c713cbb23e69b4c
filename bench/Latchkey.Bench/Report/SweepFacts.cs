namespace Latchkey.Bench.Report;

/// <summary>What it takes to forget the ended grants of a full store, and what those who call meanwhile notice of it.</summary>
/// <param name="Server">Whose store.</param>
/// <param name="Forgotten">How many had ended.</param>
/// <param name="Seconds">From the start of the command to its end, under load.</param>
/// <param name="Before">How long refreshes took before, in milliseconds: 99 of 100, and the longest.</param>
/// <param name="Meanwhile">And while it ran.</param>
internal sealed record SweepFacts(
    string Server, long Forgotten, double Seconds, (double P99, double Longest) Before, (double P99, double Longest) Meanwhile);
