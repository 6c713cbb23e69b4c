namespace Latchkey.Storage;

/// <summary>
/// The store cannot answer now (locked, full, unreadable, overloaded). What was being written is not acknowledged;
/// callers answer 503 and may be asked again.
/// </summary>
public sealed class StorageUnavailableException(string message, Exception? innerException = null) : Exception(message, innerException);
