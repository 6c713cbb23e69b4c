namespace Latchkey.Cli.Tests.Packaging;

/// <summary>The least that Debian calls a system, made by debootstrap from the mirror that this machine's apt uses, and OpenSSL.</summary>
internal static class DebianRoot
{
    private const string OpenSsl = "libssl3";

    public static async Task MakeAsync(string directory)
    {
        await UnpackAsync(directory);

        // Inside a container debootstrap leaves a link there, which would lead back to itself.
        var processes = Path.Combine(directory, "proc");
        if (new FileInfo(processes).LinkTarget is not null)
        {
            File.Delete(processes);
            Directory.CreateDirectory(processes);
        }
    }

    private static async Task UnpackAsync(string directory)
    {
        var (mirror, release) = await MirrorAsync();
        if (Environment.GetEnvironmentVariable("LATCHKEY_LONG") is not null)
        {
            await Programs.DoAsync("debootstrap", "--variant=minbase", $"--include={OpenSsl}", release, directory, mirror);
            return;
        }

        // Unpacked is enough for a program that brings its own runtime; configuring takes most of the time.
        await Programs.DoAsync("debootstrap", "--foreign", "--variant=minbase", $"--include={OpenSsl}", release, directory, mirror);
        foreach (var package in (string[])[OpenSsl, "libstdc++6"])
        {
            await Programs.DoAsync("dpkg-deb", "-x", Directory.EnumerateFiles(Path.Combine(directory, "var", "cache", "apt", "archives"), package + "_*.deb").Single(), directory);
        }
    }

    private static async Task<(string Mirror, string Release)> MirrorAsync()
    {
        var codename = File.ReadLines("/etc/os-release").Single(l => l.StartsWith("VERSION_CODENAME=", StringComparison.Ordinal)).Split('=')[1];
        var sources = await Programs.DoAsync("apt-get", "indextargets", "--format", "$(REPO_URI) $(RELEASE) $(COMPONENT)", "Created-By: Packages");
        var source = sources.Split('\n').Select(l => l.Split(' ')).First(s => s is [_, var release, "main"] && release == codename);
        return (source[0], source[1]);
    }
}
