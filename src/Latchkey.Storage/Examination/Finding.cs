namespace Latchkey.Storage.Examination;

/// <summary>What one look found.</summary>
/// <param name="Subject">What was looked at, in a word or two.</param>
/// <param name="Verdict">How it is.</param>
/// <param name="Says">One line; where something is not right, with what to do. Never holds a secret.</param>
public sealed record Finding(string Subject, Verdict Verdict, string Says);
