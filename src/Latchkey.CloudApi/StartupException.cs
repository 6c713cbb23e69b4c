namespace Latchkey.CloudApi;

/// <summary>The surroundings do not let the cloud API start. The message is one plain line that says what to do.</summary>
public sealed class StartupException : Exception
{
    public StartupException(string message)
        : base(message)
    {
    }

    public StartupException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
