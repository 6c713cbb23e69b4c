using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Latchkey.Bench.Operations;

namespace Latchkey.Bench.Servers;

/// <summary><c>latchkey serve</c> as an operator runs it, set up with its own commands and with one login of its one user.</summary>
/// <param name="grants">Already in the store when the load begins.</param>
internal sealed class LatchkeyServer(long grants) : BenchServer(grants == 0 ? EmptyName : $"{EmptyName}, {grants:N0} grants")
{
    public const string EmptyName = "Latchkey";
    private const string User = "bench";
    private const string RedirectUri = "http://127.0.0.1:9/callback";
    private static readonly string Program = Built("Latchkey.Cli", "latchkey");
    private double? _bytesPerGrant;

    public override double? BytesPerGrant => _bytesPerGrant;

    public override async Task<Site> StartAsync()
    {
        var address = ServerProcess.FreeAddress();
        Process = await LaunchAsync(address);
        var password = RandomNumberGenerator.GetHexString(32);
        await RunAsync(password, "user", "add", User, "--email", "bench@example.com", "--password-stdin");
        var client = await RunAsync(null, "client", "add", "--label", "Bench", "--redirect-uri", RedirectUri);
        var api = await RunAsync(null, "client", "add", "--label", "Bench API", "--api");
        var clientId = Text(client, "id");
        var cookie = await LogInAsync(address, clientId, password);
        IReadOnlyList<byte[]> livingTokens = [];
        if (grants > 0)
        {
            livingTokens = await FillAsync(address);
            // A login brings more into memory than all five calls: each process has had one.
            cookie = await LogInAsync(address, clientId, password);
        }

        return new Site
        {
            Address = address,
            ClientId = clientId,
            ClientSecret = Text(client, "secret"),
            ApiId = Text(api, "id"),
            ApiSecret = Text(api, "secret"),
            RedirectUri = RedirectUri,
            Cookie = cookie,
            LivingTokens = livingTokens,
        };
    }

    protected override Task<ServerProcess> LaunchAsync(IPEndPoint address) =>
        ServerProcess.StartAsync(Program, ["serve", "--data", Data, "--urls", $"http://{address}"], address);

    private static string Text(JsonElement document, string name) => document.GetProperty(name).GetString()!;

    private static async Task<string> LogInAsync(IPEndPoint address, string clientId, string password)
    {
        using var browser = new Browser(new Uri($"http://{address}"));
        await browser.LogInAsync(Requests.AuthorizePath(clientId, RedirectUri), User, password);
        return browser.Cookie;
    }

    private async Task<IReadOnlyList<byte[]>> FillAsync(IPEndPoint address)
    {
        Stop();
        var full = await new FullStore(Data).FillAsync(grants);
        _bytesPerGrant = full.BytesPerGrant;
        Process = await LaunchAsync(address);
        return full.AccessTokens;
    }

    private async Task<JsonElement> RunAsync(string? input, params string[] args)
    {
        var start = new ProcessStartInfo(Program, [.. args, "--json", "--data", Data])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = System.Diagnostics.Process.Start(start)!;
        await process.StandardInput.WriteLineAsync(input);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? JsonElement.Parse(output)
            : throw new BenchException($"latchkey {string.Join(' ', args)} failed: {await errors}");
    }
}
