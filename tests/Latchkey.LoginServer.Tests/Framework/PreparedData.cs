using System.Security.Cryptography;
using Latchkey.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.LoginServer.Tests.Framework;

/// <summary>An empty data directory, made once and copied for each host: applying the migrations takes longer than most tests.</summary>
internal static class PreparedData
{
    private static readonly Lazy<Task<string>> Made = new(MakeAsync);

    public static async Task CopyToAsync(string directory)
    {
        var source = new DirectoryInfo(await Made.Value);
        Copy(source, directory);
    }

    private static async Task<string> MakeAsync()
    {
        var directory = Path.Combine(Path.GetTempPath(), "latchkey-prepared-" + RandomNumberGenerator.GetHexString(12, lowercase: true));
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(directory, recursive: true);
        await using var services = new ServiceCollection().AddLatchkeyStorage(o => o.DataDirectory = directory).BuildServiceProvider();
        await services.GetRequiredService<Database>().PrepareAsync();
        return directory;
    }

    private static void Copy(DirectoryInfo from, string to)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(to);
        }
        else
        {
            Directory.CreateDirectory(to, from.UnixFileMode);
        }

        foreach (var file in from.EnumerateFiles())
        {
            file.CopyTo(Path.Combine(to, file.Name));
        }

        foreach (var inner in from.EnumerateDirectories())
        {
            Copy(inner, Path.Combine(to, inner.Name));
        }
    }
}
