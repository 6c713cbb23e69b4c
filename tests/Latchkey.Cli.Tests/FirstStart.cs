using Latchkey.Cli.Tests;

[assembly: AssemblyFixture(typeof(FirstStart))]

namespace Latchkey.Cli.Tests;

/// <summary>The data directory that a server leaves which was started and ended once; a copy for every test that begins there.</summary>
public sealed class FirstStart : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();

    public async ValueTask InitializeAsync()
    {
        await using var server = await RunningServer.ServeAsync(_directory.Data);
        Assert.Equal(0, (await server.TerminateAsync()).ExitCode);
    }

    public ValueTask DisposeAsync()
    {
        _directory.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Puts one there, every file and directory with the mode that the server gave it.</summary>
    internal void CopyTo(string data) => Copy(new DirectoryInfo(_directory.Data), data);

    private static void Copy(DirectoryInfo from, string to)
    {
        Directory.CreateDirectory(to, from.UnixFileMode);
        foreach (var file in from.EnumerateFiles())
        {
            file.CopyTo(Path.Combine(to, file.Name));
        }

        foreach (var directory in from.EnumerateDirectories())
        {
            Copy(directory, Path.Combine(to, directory.Name));
        }
    }
}
