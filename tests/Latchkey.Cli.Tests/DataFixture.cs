using System.Runtime.Versioning;
using Latchkey.Cli.Tests;
using Latchkey.Storage.Accounts;

// Signals and file modes are what is tested here.
[assembly: UnsupportedOSPlatform("windows")]
[assembly: AssemblyFixture(typeof(DataFixture))]

namespace Latchkey.Cli.Tests;

/// <summary>A data directory with a server running on it, for every test that wants no other.</summary>
public sealed class DataFixture : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();
    private RunningServer? _server;

    internal string Data => _directory.Data;

    internal RunningServer Server => _server!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.ServeAsync(Data);

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _directory.Dispose();
    }

    /// <summary>One who is there, with a password that nobody needs.</summary>
    internal async Task AddUserAsync(string name)
    {
        await using var stores = await Stores.OpenAsync(Data);
        Assert.True((await stores.Accounts.CreateAsync(new NewAccount(name, name + "@example.com"), App.Password)).Succeeded);
    }

    internal Task<CommandResult> RunAsync(params string[] arguments) => Command.RunAsync([.. arguments, "--data", Data]);

    internal Task<CommandResult> JsonAsync(params string[] arguments) => RunAsync([.. arguments, "--json"]);
}
