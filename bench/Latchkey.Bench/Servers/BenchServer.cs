using System.Net;
using Latchkey.Bench.Operations;

namespace Latchkey.Bench.Servers;

/// <summary>A server under load, on data of its own that goes away with it.</summary>
internal abstract class BenchServer(string name) : IDisposable
{
    /// <summary>As <c>--servers</c> takes them.</summary>
    public static readonly string[] Names =
        ["floor", "latchkey", "latchkey-postgres", "latchkey-postgres-2", "openiddict-fast", "openiddict", "oidc-provider"];

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("latchkey-bench-");
    private ServerProcess? _process;

    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="sharedBuffers">Of its PostgreSQL, where it has one, in megabytes.</param>
    public static BenchServer Create(string name, int sharedBuffers) => name switch
    {
        "floor" => new FloorServer(),
        "latchkey" => LatchkeyServer.OnSqlite(grants: 0),
        "latchkey-postgres" => LatchkeyServer.OnPostgres(grants: 0, sharedBuffers),
        "latchkey-postgres-2" => LatchkeyServer.OnPostgres(grants: 0, sharedBuffers, nodes: 2),
        "openiddict-fast" => new OpenIddictServer(fast: true),
        "openiddict" => new OpenIddictServer(fast: false),
        _ => new OidcProviderServer(),
    };

    public string Name => name;

    /// <summary>Of all that answers calls; a database server counts apart.</summary>
    public virtual TimeSpan CpuTime => Process.CpuTime;

    /// <summary>Where a Latchkey keeps what it knows; null for the others.</summary>
    public virtual LatchkeyStore? Store => null;

    /// <summary>What one grant takes on the disk, indexes included; null where the store was not filled beforehand.</summary>
    public virtual double? BytesPerGrant => null;

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
        Stop();
        Process = await LaunchAsync(ServerProcess.FreeAddress());
    }

    public virtual void Dispose()
    {
        Stop();
        _directory.Delete(recursive: true);
    }

    protected virtual void Stop()
    {
        _process?.Dispose();
        _process = null;
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
