namespace Latchkey.Cli.Demo;

/// <summary>Where the demo keeps its data: the directory that was named, or one of its own that goes when it ends.</summary>
internal sealed class DemoFolder : IDisposable
{
    private readonly bool _temporary;

    private DemoFolder(string path, bool temporary)
    {
        Path = path;
        _temporary = temporary;
    }

    public string Path { get; }

    public static DemoFolder Open(string? named) => named is null
        ? new DemoFolder(Directory.CreateTempSubdirectory("latchkey-demo-").FullName, temporary: true)
        : new DemoFolder(named, temporary: false);

    public void Dispose()
    {
        if (_temporary)
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
