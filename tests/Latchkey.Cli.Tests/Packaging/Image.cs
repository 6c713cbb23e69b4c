using System.Diagnostics;
using System.Text.Json;

namespace Latchkey.Cli.Tests.Packaging;

/// <summary>
/// The container image that the SDK builds of this checkout, on a minimal Debian in the place of Microsoft's base image, unpacked
/// and run as its configuration says by nothing but the kernel: a root directory, a user, and everything but a volume read-only.
/// </summary>
public sealed class Image : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();
    private JsonElement _config;

    internal string Root => _directory.In("root");

    /// <summary>Its part of the configuration file, as the standard names it.</summary>
    internal JsonElement Config => _config.GetProperty("config");

    public async ValueTask InitializeAsync()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return;
        }

        await DebianRoot.MakeAsync(Root);

        // As Microsoft's base images have it: the home of the user that the image runs as.
        await Programs.DoAsync("install", "-d", "-o", "1654", "-g", "1654", Path.Combine(Root, "home", "app"));
        var layer = _directory.In("root.tar");
        await Programs.DoAsync("tar", "-C", Root, "--numeric-owner", "-cf", layer, ".");
        var archive = _directory.In("latchkey.tar.gz");
        await PublishAsync(layer, archive);
        await UnpackAsync(archive);
    }

    public ValueTask DisposeAsync()
    {
        _directory.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Runs it, with these words behind the entry point and this directory as the volume at /home/app.</summary>
    internal Process Start(string volume, params string[] words)
    {
        var user = Config.GetProperty("User").GetString();
        var environment = Texts("Env");
        string[] command = [.. Texts("Entrypoint"), .. words.Length > 0 ? words : Texts("Cmd")];
        const string mounts =
            """
            mount --bind "$1" "$1" && mount -t proc proc "$1/proc" && mount --bind "$2" "$1/home/app" && mount -o remount,ro,bind "$1"
            shift 2
            exec chroot "$@"
            """;
        return Programs.Start(
            "unshare", ["--mount", "--propagation", "private", "sh", "-ec", mounts, "sh", Root, volume, $"--userspec={user}", Root, "/usr/bin/env", "-i", .. environment, .. command]);
    }

    private string[] Texts(string name) => [.. Config.GetProperty(name).EnumerateArray().Select(t => t.GetString()!)];

    private static async Task PublishAsync(string layer, string archive)
    {
        await using var registry = await BaseImageRegistry.StartAsync(layer);
        await Programs.DoAsync(
            "dotnet", "publish", Repository.In("src", "Latchkey.Cli"), "-c", Command.Configuration, "--no-restore", "/t:PublishContainer", "-v", "quiet",
            $"-p:ContainerBaseImage={registry.Image}", $"-p:ContainerArchiveOutputPath={archive}");
    }

    // The first layer is the Debian that is here already.
    private async Task UnpackAsync(string archive)
    {
        var image = Directory.CreateDirectory(_directory.In("image")).FullName;
        await Programs.DoAsync("tar", "-C", image, "-xf", archive);
        var manifest = await ReadAsync(Path.Combine(image, "manifest.json"));
        _config = await ReadAsync(Path.Combine(image, manifest[0].GetProperty(nameof(Config)).GetString()!));
        foreach (var layer in manifest[0].GetProperty("Layers").EnumerateArray().Skip(1))
        {
            await Programs.DoAsync("tar", "-C", Root, "--numeric-owner", "-xpf", Path.Combine(image, layer.GetString()!));
        }
    }

    private static async Task<JsonElement> ReadAsync(string file)
    {
        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(file));
        return document.RootElement.Clone();
    }
}
