using Latchkey.Storage;

namespace Latchkey.Cli;

/// <summary>What broke, as one line for whoever typed the command.</summary>
internal static class Faults
{
    public static string Describe(Exception broken) => broken switch
    {
        StartupException or CloudApi.StartupException or StorageUnavailableException => broken.Message,
        AggregateException { InnerException: { } first } => Describe(first),
        _ => $"Something went wrong: {broken.Message} Run it again with --verbose for the details.",
    };
}
