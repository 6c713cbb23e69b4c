using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Latchkey.Cli.Tests;

/// <summary><c>latchkey serve</c> or <c>demo</c> while it runs; ended with the test if it still does.</summary>
internal sealed partial class RunningServer : IAsyncDisposable
{
    private const int Terminate = 15;
    private const int Interrupt = 2;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly StringBuilder _error = new();
    private readonly TaskCompletionSource _errorEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private RunningServer(Process process)
    {
        _process = process;
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null)
            {
                _errorEnded.TrySetResult();
                return;
            }

            lock (_error)
            {
                _error.AppendLine(line.Data);
            }
        };
        process.BeginErrorReadLine();
    }

    /// <summary>What the one line said.</summary>
    public JsonElement Ready { get; private set; }

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    public string Issuer => Ready.GetProperty("issuer").GetString()!;

    public static Task<RunningServer> ServeAsync(string data, params string[] more) =>
        StartAsync(["serve", "--data", data, "--json", .. more.Contains("--urls") ? more : ["--urls", "http://127.0.0.1:0", .. more]]);

    public static Task<RunningServer> DemoAsync(params string[] more) => StartAsync(["demo", "--json", "--port", "0", .. more]);

    /// <summary>The line it announces itself with is all there is on standard output; it is the sign that it is ready.</summary>
    public static Task<RunningServer> StartAsync(params string[] arguments) => StartAsync([], arguments);

    public static Task<RunningServer> StartAsync(Dictionary<string, string> environment, params string[] arguments) =>
        StartAsync(Command.Start(environment, arguments));

    /// <summary>A server that was started some other way, with <c>--json</c>.</summary>
    public static async Task<RunningServer> StartAsync(Process process)
    {
        var server = new RunningServer(process);
        var line = await server._process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
        if (line is null)
        {
            await server._errorEnded.Task.WaitAsync(Patience);
            Assert.Fail("It ended before it was ready: " + server._error);
        }

        using var document = JsonDocument.Parse(line);
        server.Ready = document.RootElement.Clone();
        return server;
    }

    /// <summary>Sends SIGTERM, and waits for nothing.</summary>
    public void SendTerminate() => Send(Terminate);

    public Task<CommandResult> TerminateAsync() => SignalAsync(Terminate);

    public Task<CommandResult> InterruptAsync() => SignalAsync(Interrupt);

    /// <summary>As a power cut would: no chance to finish anything.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(Patience);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            // Gently, so that a demo takes its temporary folder along.
            await TerminateAsync();
        }

        _process.Dispose();
    }

    private async Task<CommandResult> SignalAsync(int signal)
    {
        Send(signal);
        var rest = await _process.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
        await _process.WaitForExitAsync().WaitAsync(Patience);
        await _errorEnded.Task.WaitAsync(Patience);
        return new CommandResult(_process.ExitCode, rest, _error.ToString());
    }

    private void Send(int signal) => Assert.Equal(0, Kill(_process.Id, signal));

    [LibraryImport("libc", EntryPoint = "kill")]
    internal static partial int Kill(int process, int signal);
}
