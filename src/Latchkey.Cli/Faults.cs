using Latchkey.Storage;

namespace Latchkey.Cli;

/// <summary>What broke, as one line for whoever typed the command.</summary>
internal static class Faults
{
    public static string Describe(Exception broken) => broken switch
    {
        StartupException or CloudApi.StartupException or StorageUnavailableException => broken.Message,
        AggregateException { InnerException: { } first } => Describe(first),
        _ => $"Something went wrong: {Sentence(broken)} Run it again with --verbose for the details.",
    };

    /// <summary>Its message with a full stop, which the system's own messages lack.</summary>
    public static string Sentence(Exception broken) => broken.Message.TrimEnd('.') + ".";
}
