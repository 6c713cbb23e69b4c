using System.Net;
using Latchkey.Bench.Operations;

namespace Latchkey.Bench.Servers;

/// <summary>A server under load, on data of its own that goes away with it.</summary>
internal abstract class BenchServer(string name) : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("latchkey-bench-");
    private ServerProcess? _process;

    public string Name => name;

    public ServerProcess Process
    {
        get => _process ?? throw new InvalidOperationException("Not started.");
        protected set => _process = value;
    }

    protected string Data => _directory.FullName;

    /// <summary>Starts it and makes ready what the operations need.</summary>
    public abstract Task<Site> StartAsync();

    /// <summary>Stops it (hard) and starts it on the same data.</summary>
    public async Task RestartAsync()
    {
        _process?.Dispose();
        _process = null;
        Process = await LaunchAsync(ServerProcess.FreeAddress());
    }

    public void Dispose()
    {
        _process?.Dispose();
        _directory.Delete(recursive: true);
    }

    protected abstract Task<ServerProcess> LaunchAsync(IPEndPoint address);

    /// <summary>Another project's program, built beside this one in the same configuration.</summary>
    protected static string Built(string project, string program)
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        var path = Path.Combine(here.Parent!.Parent!.FullName, project, here.Name, program);
        return File.Exists(path) ? path : throw new BenchException($"{project} is not built in the {here.Name} configuration.");
    }
}
