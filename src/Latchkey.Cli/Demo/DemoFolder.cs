namespace Latchkey.Cli.Demo;

/// <summary>Where the demo keeps its data: the directory that was named, or one of its own that goes when it ends.</summary>
internal sealed class DemoFolder : IDisposable
{
    private readonly FileStream? _living;

    private DemoFolder(string path, FileStream? living)
    {
        Path = path;
        _living = living;
    }

    public string Path { get; }

    public static DemoFolder Open(string? named)
    {
        if (named is not null)
        {
            return new DemoFolder(named, living: null);
        }

        StaleDemoFolders.Sweep();
        for (var attempt = 1; ; attempt++)
        {
            var path = Directory.CreateTempSubdirectory(StaleDemoFolders.Prefix).FullName;
            try
            {
                return new DemoFolder(path, StaleDemoFolders.Lock(path, FileMode.CreateNew));
            }
            catch (IOException) when (attempt < 3)
            {
                // Another demo swept between the folder and its lock; a folder of another name is as good.
            }
        }
    }

    public void Dispose()
    {
        if (_living is not null)
        {
            StaleDemoFolders.Remove(Path, _living);
        }
    }
}
