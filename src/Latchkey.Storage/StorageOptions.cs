namespace Latchkey.Storage;

/// <summary>Where the data lies and how it is written.</summary>
public sealed class StorageOptions
{
    /// <summary>The data directory; made with mode 0700 when it is not there.</summary>
    public string DataDirectory { get; set; } = "";

    /// <summary>The PostgreSQL database that several nodes share, as a connection string; null for SQLite in the data directory.</summary>
    public string? Database { get; set; }

    /// <summary>Over PostgreSQL, the file with the key that every node is given; see the guide on scaling out.</summary>
    public string? KeyFile { get; set; }

    /// <summary>The login server's database, when it is SQLite.</summary>
    public string DatabaseFile => Path.Combine(DataDirectory, "latchkey.db");

    /// <summary>The Data Protection key ring. Outside the database, so that a copy of the database alone forges nothing.</summary>
    public string KeysDirectory => Path.Combine(DataDirectory, "keys");

    /// <summary>The most grant writes that share one commit.</summary>
    public int MaxBatch { get; set; } = 256;

    /// <summary>The most writes that may wait; more are refused at once, so that overload does not become memory.</summary>
    public int MaxQueued { get; set; } = 8192;

    /// <summary>How long a write waits for another process's lock before it is refused.</summary>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(5);
}
