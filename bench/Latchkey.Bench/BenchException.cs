namespace Latchkey.Bench;

/// <summary>The run cannot go on or its numbers would mean nothing: a wrong answer, a server that does not start.</summary>
internal sealed class BenchException(string message) : Exception(message);
