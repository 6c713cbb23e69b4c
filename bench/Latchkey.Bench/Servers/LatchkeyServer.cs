using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Latchkey.Bench.Operations;

namespace Latchkey.Bench.Servers;

/// <summary><c>latchkey serve</c> as an operator runs it, set up with its own commands and with one login of its one user.</summary>
internal sealed class LatchkeyServer : BenchServer
{
    public const string EmptyName = "Latchkey";
    public const string PostgresName = "Latchkey on PostgreSQL";
    private const string User = "bench";
    private const string RedirectUri = "http://127.0.0.1:9/callback";
    private static readonly string Program = Built("Latchkey.Cli", "latchkey");
    private readonly long _grants;
    private readonly int _more;
    private readonly LatchkeyStore _store;
    private readonly List<(ServerProcess Process, IPEndPoint Address)> _others = [];
    private double? _bytesPerGrant;

    private LatchkeyServer(string name, long grants, int nodes, Func<string, LatchkeyStore> store)
        : base(grants == 0 ? name : FullName(name, grants))
    {
        (_grants, _more) = (grants, nodes - 1);
        _store = store(Data);
    }

    public override double? BytesPerGrant => _bytesPerGrant;

    public override TimeSpan CpuTime => _others.Aggregate(Process.CpuTime, (all, other) => all + other.Process.CpuTime);

    public override LatchkeyStore Store => _store;

    /// <param name="grants">Already in the store when the load begins.</param>
    public static LatchkeyServer OnSqlite(long grants) => new(EmptyName, grants, 1, data => new SqliteStore(data));

    /// <param name="grants">Already in the store when the load begins.</param>
    /// <param name="sharedBuffers">What PostgreSQL keeps in memory, in megabytes.</param>
    /// <param name="nodes">How many answer, each every so-manyth connection.</param>
    public static LatchkeyServer OnPostgres(long grants, int sharedBuffers, int nodes = 1) =>
        new(nodes == 1 ? PostgresName : $"{PostgresName} ({nodes} nodes)", grants, nodes, _ => new PostgresStore(sharedBuffers));

    /// <summary>The name of one that has a full store.</summary>
    public static string FullName(string empty, long grants) => $"{empty}, {grants:N0} grants";

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
        if (_grants > 0)
        {
            livingTokens = await FillAsync(address);
            // A login brings more into memory than all five calls: each process has had one.
            cookie = await LogInAsync(address, clientId, password);
        }

        return new Site
        {
            Address = address,
            OtherAddresses = [.. _others.Select(o => o.Address)],
            ClientId = clientId,
            ClientSecret = Text(client, "secret"),
            ApiId = Text(api, "id"),
            ApiSecret = Text(api, "secret"),
            RedirectUri = RedirectUri,
            Cookie = cookie,
            LivingTokens = livingTokens,
        };
    }

    /// <summary>Runs <c>latchkey grant sweep</c> to its end.</summary>
    public async Task<(long Forgotten, TimeSpan Elapsed)> SweepAsync()
    {
        var started = Stopwatch.GetTimestamp();
        var answer = await RunAsync(null, "grant", "sweep");
        return (answer.GetProperty("grants_forgotten").GetInt64(), Stopwatch.GetElapsedTime(started));
    }

    public override void Dispose()
    {
        base.Dispose();
        _store.Dispose();
    }

    protected override async Task<ServerProcess> LaunchAsync(IPEndPoint address)
    {
        var first = await LaunchAsync(address, address);
        for (var i = 0; i < _more; i++)
        {
            var other = ServerProcess.FreeAddress();
            _others.Add((await LaunchAsync(other, address), other));
        }

        return first;
    }

    protected override void Stop()
    {
        base.Stop();
        _others.ForEach(o => o.Process.Dispose());
        _others.Clear();
    }

    private Task<ServerProcess> LaunchAsync(IPEndPoint address, IPEndPoint known) =>
        ServerProcess.StartAsync(Program, ["serve", .. _store.Options, "--urls", $"http://{address}", "--issuer", $"http://{known}"], address);

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
        var started = Stopwatch.GetTimestamp();
        var full = await _store.FillAsync(_grants);
        await Console.Error.WriteLineAsync($"{_grants:N0} grants written in {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s");
        _bytesPerGrant = full.BytesPerGrant;
        Process = await LaunchAsync(address);
        return full.AccessTokens;
    }

    private async Task<JsonElement> RunAsync(string? input, params string[] args)
    {
        var start = Cores.ServerStart(Program, [.. args, "--json", .. _store.Options]);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
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
