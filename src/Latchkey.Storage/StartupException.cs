namespace Latchkey.Storage;

/// <summary>The surroundings do not let the server start. The message is one plain line that says what to do.</summary>
public sealed class StartupException(string message, Exception? innerException = null) : Exception(message, innerException);
