namespace Latchkey.Cli.Tests.Packaging;

/// <summary>What <c>dotnet publish /t:PublishContainer</c> makes, run without a container engine.</summary>
public sealed class ImageTests : IClassFixture<Image>, IDisposable
{
    private const string User = "1654";

    private readonly TempDirectory _directory = new();
    private readonly Image _image;

    public ImageTests(Image image)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "A root directory and a user of its own take root.");
        _image = image;
    }

    private string Volume => _directory.In("volume");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void It_says_what_it_runs_and_as_whom()
    {
        Assert.Equal($"{User}:{User}", _image.Config.GetProperty("User").GetString());
        Assert.Equal("/app/latchkey", Assert.Single(_image.Config.GetProperty("Entrypoint").EnumerateArray()).GetString());
        Assert.Equal("serve", Assert.Single(_image.Config.GetProperty("Cmd").EnumerateArray()).GetString());
        Assert.True(_image.Config.GetProperty("ExposedPorts").TryGetProperty("5080/tcp", out _));
    }

    [Fact]
    public async Task People_log_in_to_it_and_what_they_were_given_outlives_it()
    {
        await MakeVolumeAsync();
        await using var first = await ServeAsync();
        using var app = await App.RegisterWithCommandsAsync(async (input, words) =>
        {
            using var process = _image.Start(Volume, words);
            return await Command.RunAsync(process, input);
        }, "rose");
        app.Issuer = first.Issuer;
        var (kept, _) = await app.LogInAsync();
        var (ended, _) = await app.LogInAsync();
        await app.RevokeAsync(ended);
        using var http = new HttpClient();
        Assert.Equal("ready", await http.GetStringAsync(new Uri(first.Issuer + "/health/ready"), TestContext.Current.CancellationToken));

        Assert.Equal(0, (await first.TerminateAsync()).ExitCode);
        await using var second = await ServeAsync();

        app.Issuer = second.Issuer;
        Assert.True(await app.IsActiveAsync(kept));
        Assert.False(await app.IsActiveAsync(ended));
    }

    [Fact]
    public async Task It_can_change_nothing_of_itself()
    {
        // Also where the rest is not mounted read-only. Left out are folders that are everybody's, where each keeps what is its own.
        var found = await Programs.RunAsync(
            "chroot", $"--userspec={User}:{User}", _image.Root,
            "/usr/bin/find", "/", "-xdev", "(", "-path", "/proc", "-o", "-path", "/dev", ")", "-prune", "-o", "-writable", "-not", "-type", "l", "-not", "-perm", "-1000", "-print");

        Assert.Equal("/home/app\n", found.Output);
    }

    private Task<RunningServer> ServeAsync() =>
        RunningServer.StartAsync(_image.Start(Volume, "serve", "--json", "--urls", "http://127.0.0.1:0"));

    private Task<string> MakeVolumeAsync() => Programs.DoAsync("install", "-d", "-m", "755", "-o", User, "-g", User, Volume);
}
